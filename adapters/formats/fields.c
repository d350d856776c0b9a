#include "adapters/formats/fields.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define NAME_MAX_LENGTH 32

/*
 * Sorted by name. Who writes them so: barky, Firefox, Chrome, linkding, buku, Pinboard, Raindrop,
 * Pocket (file and API), Instapaper, wallabag, Omnivore, Readeck, Readwise Reader, Karakeep,
 * Linkwarden, LinkAce, Shaarli, Diigo, Hypothesis, Zotero, Toby, GitHub; doc/formats.md has each
 * with its source.
 */
static const struct field_name names[] = {
	{"abstractnote", FIELD_NOTES, 0},
	{"added", FIELD_ADDED, 5},
	{"addedat", FIELD_ADDED, 1},
	{"addeddate", FIELD_ADDED, 3},
	{"addedon", FIELD_ADDED, 4},
	{"address", FIELD_URL, 9},
	{"annotation", FIELD_LOST, LOSS_ANNOTATIONS},
	{"annotations", FIELD_LOST, LOSS_ANNOTATIONS},
	{"archived", FIELD_LOST, LOSS_ARCHIVED},
	{"articletext", FIELD_LOST, LOSS_CONTENT},
	{"automatictags", FIELD_TAGS, 12},
	{"bookmarkedat", FIELD_ADDED, 17},
	{"bookmarktitle", FIELD_TITLE, 5},
	{"bookmarkurl", FIELD_URL, 8},
	{"categories", FIELD_TAGS, 10},
	{"category", FIELD_TAGS, 9},
	{"changed", FIELD_MODIFIED, 12},
	{"changedat", FIELD_MODIFIED, 11},
	{"collection", FIELD_FOLDER, 4},
	{"collectionname", FIELD_FOLDER, 5},
	{"comment", FIELD_NOTES, 0},
	{"comments", FIELD_NOTES, 0},
	{"content", FIELD_LOST, LOSS_CONTENT},
	{"created", FIELD_ADDED, 16},
	{"createdat", FIELD_ADDED, 11},
	{"createddate", FIELD_ADDED, 13},
	{"createdon", FIELD_ADDED, 12},
	{"creationdate", FIELD_ADDED, 14},
	{"customdescription", FIELD_NOTES, 0},
	{"customtitle", FIELD_TITLE, -1}, /* Toby: the user's, beside the page's */
	{"date", FIELD_ADDED, 21},
	{"dateadded", FIELD_ADDED, 0},
	{"datecreated", FIELD_ADDED, 15},
	{"datemodified", FIELD_MODIFIED, 1},
	{"datesaved", FIELD_ADDED, 9},
	{"dateupdated", FIELD_MODIFIED, 9},
	{"desc", FIELD_NOTES, 0},
	{"description", FIELD_NOTES, 0},
	{"documenttags", FIELD_TAGS, 4},
	{"excerpt", FIELD_NOTES, 0},
	{"extended", FIELD_NOTES, 0},
	{"favorite", FIELD_LOST, LOSS_FAVOURITE},
	{"favorited", FIELD_LOST, LOSS_FAVOURITE},
	{"favourite", FIELD_LOST, LOSS_FAVOURITE},
	{"favourited", FIELD_LOST, LOSS_FAVOURITE},
	{"folder", FIELD_FOLDER, 0},
	{"foldername", FIELD_FOLDER, 3},
	{"folderpath", FIELD_FOLDER, 2},
	{"folders", FIELD_FOLDER, 1},
	{"fullname", FIELD_TITLE, 1},
	{"giventitle", FIELD_TITLE, 3},
	{"givenurl", FIELD_URL, 4},
	{"highlight", FIELD_LOST, LOSS_HIGHLIGHTS},
	{"highlights", FIELD_LOST, LOSS_HIGHLIGHTS},
	{"href", FIELD_URL, 10},
	{"html", FIELD_LOST, LOSS_CONTENT},
	{"important", FIELD_LOST, LOSS_FAVOURITE},
	{"isarchived", FIELD_LOST, LOSS_ARCHIVED},
	{"isfavorite", FIELD_LOST, LOSS_FAVOURITE},
	{"isfavourite", FIELD_LOST, LOSS_FAVOURITE},
	{"ismarked", FIELD_LOST, LOSS_FAVOURITE},
	{"isprivate", FIELD_LOST, LOSS_PRIVATE},
	{"isstarred", FIELD_LOST, LOSS_FAVOURITE},
	{"isunread", FIELD_LOST, LOSS_TO_READ},
	{"keyword", FIELD_LOST, LOSS_KEYWORD},
	{"keywords", FIELD_TAGS, 8},
	{"label", FIELD_TAGS, 7},
	{"labels", FIELD_TAGS, 3},
	{"lastmodified", FIELD_MODIFIED, 4},
	{"lastupdate", FIELD_MODIFIED, 5},
	{"lastupdated", FIELD_MODIFIED, 6},
	{"link", FIELD_URL, 1},
	{"lists", FIELD_LOST, LOSS_LISTS},
	{"manualtags", FIELD_TAGS, 11},
	{"memo", FIELD_NOTES, 0},
	{"modified", FIELD_MODIFIED, 3},
	{"modifiedat", FIELD_MODIFIED, 2},
	{"name", FIELD_TITLE, 6},
	{"note", FIELD_NOTES, 0},
	{"notes", FIELD_NOTES, 0},
	{"originalurl", FIELD_URL, 5},
	{"pagetitle", FIELD_TITLE, 4},
	{"pageurl", FIELD_URL, 6},
	{"private", FIELD_LOST, LOSS_PRIVATE},
	{"quote", FIELD_NOTES, 0},
	{"rating", FIELD_LOST, LOSS_RATING},
	{"readlater", FIELD_LOST, LOSS_TO_READ},
	{"resolvedtitle", FIELD_TITLE, 2},
	{"resolvedurl", FIELD_URL, 3},
	{"saved", FIELD_ADDED, 10},
	{"savedat", FIELD_ADDED, 7},
	{"saveddate", FIELD_ADDED, 6},
	{"savedon", FIELD_ADDED, 8},
	{"selection", FIELD_NOTES, 0},
	{"shortcuturl", FIELD_LOST, LOSS_KEYWORD},
	{"source", FIELD_SOURCE, 0},
	{"sourceurl", FIELD_URL, 7},
	{"starred", FIELD_LOST, LOSS_FAVOURITE},
	{"starredat", FIELD_ADDED, 18},
	{"summary", FIELD_NOTES, 0},
	{"tag", FIELD_TAGS, 6},
	{"taglist", FIELD_TAGS, 2},
	{"tagnames", FIELD_TAGS, 1},
	{"tags", FIELD_TAGS, 0},
	{"time", FIELD_ADDED, 20},
	{"timeadded", FIELD_ADDED, 2},
	{"timestamp", FIELD_ADDED, 19},
	{"timeupdated", FIELD_MODIFIED, 0},
	{"title", FIELD_TITLE, 0},
	{"topics", FIELD_TAGS, 5},
	{"toread", FIELD_LOST, LOSS_TO_READ},
	{"unread", FIELD_LOST, LOSS_TO_READ},
	{"updated", FIELD_MODIFIED, 10},
	{"updatedat", FIELD_MODIFIED, 7},
	{"updateddate", FIELD_MODIFIED, 8},
	{"uri", FIELD_URL, 2},
	{"url", FIELD_URL, 0},
};

static int by_name(const void *key, const void *row)
{
	return strcmp(key, ((const struct field_name *)row)->name);
}

/* A name without what does not count in it; false if it is longer than any. */
static bool make_plain(const char *name, size_t length, char plain[NAME_MAX_LENGTH + 1])
{
	size_t count = 0;

	for (size_t i = 0; i < length; i++) {
		char c = name[i];

		if (c >= 'A' && c <= 'Z')
			c |= 0x20;
		if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')))
			continue;
		if (count == NAME_MAX_LENGTH)
			return false;
		plain[count++] = c;
	}
	plain[count] = '\0';
	return true;
}

const struct field_name *field_find(const char *name, size_t length)
{
	char plain[NAME_MAX_LENGTH + 1];

	if (!make_plain(name, length, plain))
		return NULL;
	return bsearch(plain, names, sizeof(names) / sizeof(names[0]), sizeof(names[0]), by_name);
}

const struct bookmark_field *field_find_own(const char *name)
{
	char plain[NAME_MAX_LENGTH + 1], own[NAME_MAX_LENGTH + 1];

	if (field_find(name, strlen(name)) || !make_plain(name, strlen(name), plain))
		return NULL;
	for (size_t i = 0; i < BOOKMARK_FIELDS; i++) {
		const struct bookmark_field *field = &bookmark_fields[i];

		if (field->is_shown && make_plain(field->name, strlen(field->name), own) &&
			strcmp(own, plain) == 0)
			return field;
	}
	return NULL;
}

const char *loss_name(enum loss loss)
{
	static const char *const words[LOSS_COUNT] = {
		[LOSS_HIGHLIGHTS] = "highlights",
		[LOSS_ANNOTATIONS] = "annotations",
		[LOSS_CONTENT] = "texts of the pages",
		[LOSS_LISTS] = "lists",
		[LOSS_FAVOURITE] = "favourite marks",
		[LOSS_TO_READ] = "to-read marks",
		[LOSS_PRIVATE] = "private marks",
		[LOSS_ARCHIVED] = "archived marks",
		[LOSS_KEYWORD] = "keywords",
		[LOSS_RATING] = "ratings",
	};

	return words[loss];
}

bool loss_is_said(const char *value)
{
	static const char *const nothing[] = {"", "0", "false", "no", "[]", "null"};

	for (size_t i = 0; i < sizeof(nothing) / sizeof(nothing[0]); i++)
		if (strcasecmp(value, nothing[i]) == 0)
			return false;
	return true;
}
