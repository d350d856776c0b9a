#include "domain/bookmarks/bookmark.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "domain/base/memory.h"
#include "domain/base/text.h"

void bookmark_init(struct bookmark *bookmark)
{
	*bookmark = (struct bookmark){
		.url = memory_copy_string(""),
		.title = memory_copy_string(""),
		.notes = memory_copy_string(""),
		.source = memory_copy_string(""),
	};
}

void bookmark_finish(struct bookmark *bookmark)
{
	free(bookmark->url);
	free(bookmark->title);
	free(bookmark->notes);
	free(bookmark->source);
	tag_set_finish(&bookmark->tags);
	bookmark_link_finish(&bookmark->link);
	*bookmark = (struct bookmark){0};
}

void bookmark_take(char **field, char *take)
{
	free(*field);
	*field = take;
}

void bookmark_set(char **field, const char *text)
{
	bookmark_take(field, memory_copy_string(text));
}

void bookmark_copy(struct bookmark *to, const struct bookmark *from)
{
	if (to == from)
		return;
	bookmark_set(&to->url, from->url);
	bookmark_set(&to->title, from->title);
	bookmark_set(&to->notes, from->notes);
	bookmark_set(&to->source, from->source);
	tag_set_copy(&to->tags, &from->tags);
	bookmark_link_copy(&to->link, &from->link);
	to->id = from->id;
	to->added = from->added;
	to->modified = from->modified;
	to->deleted = from->deleted;
	to->unstarred = from->unstarred;
}

bool bookmark_equal(const struct bookmark *a, const struct bookmark *b)
{
	return a->id == b->id && a->added == b->added && a->modified == b->modified &&
	       a->deleted == b->deleted && a->unstarred == b->unstarred &&
	       strcmp(a->url, b->url) == 0 && strcmp(a->title, b->title) == 0 &&
	       strcmp(a->notes, b->notes) == 0 && strcmp(a->source, b->source) == 0 &&
	       tag_set_equal(&a->tags, &b->tags);
}

void bookmark_differences(const struct bookmark *a, const struct bookmark *b,
	char fields[static BOOKMARK_FIELDS_SIZE])
{
	const struct {
		bool differs;
		const char *name;
	} all[] = {
		{strcmp(a->url, b->url) != 0, "url"},
		{strcmp(a->title, b->title) != 0, "title"},
		{strcmp(a->notes, b->notes) != 0, "notes"},
		{!tag_set_equal(&a->tags, &b->tags), "tags"},
		{a->added != b->added, "date_added"},
		{strcmp(a->source, b->source) != 0, "source"},
		{a->unstarred != b->unstarred, "unstarred"},
	};
	size_t length = 0;

	fields[0] = '\0';
	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		if (all[i].differs)
			length += (size_t)snprintf(fields + length, BOOKMARK_FIELDS_SIZE - length,
				"%s%s", length ? "," : "", all[i].name);
}

const char *bookmark_label(const struct bookmark *bookmark)
{
	return *bookmark->title ? bookmark->title : bookmark->url;
}

char *bookmark_clean_notes(const char *notes)
{
	return text_trim(text_valid(notes, strlen(notes)));
}

char *bookmark_clean_title(const char *title)
{
	char *clean = bookmark_clean_notes(title);

	for (char *c = clean; *c; c++)
		if (*c == '\n' || *c == '\r')
			*c = ' ';
	return clean;
}
