#include "domain/bus/command.h"

#include <stdlib.h>
#include <string.h>

#include "domain/base/memory.h"
#include "domain/bus/handlers.h"

/* A clone keeps every piece of memory it took in one list, so that freeing needs no types. */
struct clone {
	struct command command; /* first: a clone is its command */
	void **pieces;
	size_t count;
	size_t capacity;
};

static void *command_keep(struct clone *clone, void *take)
{
	clone->pieces =
		memory_grow(clone->pieces, clone->count, &clone->capacity, sizeof(*clone->pieces));
	clone->pieces[clone->count++] = take;
	return take;
}

static const char *keep_string(struct clone *clone, const char *string)
{
	return string ? command_keep(clone, memory_copy_string(string)) : NULL;
}

static void *keep_array(struct clone *clone, const void *items, size_t count, size_t size)
{
	void *copy = command_keep(clone, memory_array(count, size));

	if (count)
		memcpy(copy, items, count * size);
	return copy;
}

static const char *const *keep_strings(
	struct clone *clone, const char *const *strings, size_t count)
{
	const char **copy = command_keep(clone, memory_array(count, sizeof(*copy)));

	for (size_t i = 0; i < count; i++)
		copy[i] = keep_string(clone, strings[i]);
	return copy;
}

static void keep_tags(struct clone *clone, struct tag_set *set)
{
	set->tags = keep_array(clone, set->tags, set->count, sizeof(*set->tags));
	set->capacity = set->count;
	for (size_t i = 0; i < set->count; i++)
		set->tags[i] = command_keep(clone, memory_copy_string(set->tags[i]));
}

static void clone_additions(struct clone *clone)
{
	struct add_bookmarks *add = &clone->command.as.add_bookmarks;
	struct bookmark_draft *drafts = keep_array(clone, add->drafts, add->count, sizeof(*drafts));

	for (size_t i = 0; i < add->count; i++) {
		drafts[i].url = keep_string(clone, drafts[i].url);
		drafts[i].title = keep_string(clone, drafts[i].title);
		drafts[i].notes = keep_string(clone, drafts[i].notes);
		keep_tags(clone, &drafts[i].tags);
	}
	add->drafts = drafts;
}

static void clone_edits(struct clone *clone)
{
	struct edit_bookmarks *edit = &clone->command.as.edit_bookmarks;
	struct bookmark_edit *edits = keep_array(clone, edit->edits, edit->count, sizeof(*edits));

	for (size_t i = 0; i < edit->count; i++) {
		struct bookmark_patch *patch = &edits[i].patch;

		patch->url = keep_string(clone, patch->url);
		patch->title = keep_string(clone, patch->title);
		patch->notes = keep_string(clone, patch->notes);
		keep_tags(clone, &patch->tags);
		keep_tags(clone, &patch->without);
	}
	edit->edits = edits;
}

/* Of every command that is about some bookmarks: they all have them at the same place. */
static void clone_ids(struct clone *clone)
{
	struct some_bookmarks *some = &clone->command.as.delete_bookmarks;

	some->ids = keep_array(clone, some->ids, some->count, sizeof(*some->ids));
}

static void clone_renaming(struct clone *clone)
{
	struct rename_tags *rename = &clone->command.as.rename_tags;

	rename->from = keep_strings(clone, rename->from, rename->count);
	rename->to = keep_string(clone, rename->to);
}

static void clone_tag_deletion(struct clone *clone)
{
	struct delete_tags *delete = &clone->command.as.delete_tags;

	delete->tags = keep_strings(clone, delete->tags, delete->count);
}

static void clone_star_request(struct clone *clone)
{
	struct star_request *request = &clone->command.as.request_stars.request;

	request->forge = keep_string(clone, request->forge);
	request->user = keep_string(clone, request->user);
	if (request->tags) {
		struct tag_set *tags = keep_array(clone, request->tags, 1, sizeof(*tags));

		keep_tags(clone, tags);
		request->tags = tags;
	}
}

static void clone_numbers(struct clone *clone)
{
	(void)clone; /* the copy of the struct is all there is */
}

/* A row that misses a field, or a command without a row, does not compile. */
#pragma GCC diagnostic error "-Wmissing-field-initializers"

/*
 * The table of commands: everything the domain knows of one. clone is NULL of those that carry
 * what cannot be copied; verb and nouns are for describe_change(). What the JSON bus reads and
 * says of each is the table in adapters/json/command_json.c, complete in the same way.
 */
static const struct {
	enum command_type type;
	const char *name;
	handle_fn handle;
	void (*clone)(struct clone *clone);
	const char *verb;
	const char *one;
	const char *many;
} rows[] = {
	{ADD_BOOKMARKS, "add_bookmarks", handle_add_bookmarks, clone_additions, "Added", "bookmark",
		"bookmarks"},
	{EDIT_BOOKMARKS, "edit_bookmarks", handle_edit_bookmarks, clone_edits, "Edited", "bookmark",
		"bookmarks"},
	{DELETE_BOOKMARKS, "delete_bookmarks", handle_delete_bookmarks, clone_ids, "Deleted",
		"bookmark", "bookmarks"},
	{RESTORE_BOOKMARKS, "restore_bookmarks", handle_restore_bookmarks, clone_ids, "Restored",
		"bookmark", "bookmarks"},
	{EMPTY_TRASH, "empty_trash", handle_empty_trash, clone_numbers, "Dropped from the trash",
		"bookmark", "bookmarks"},
	{RENAME_TAGS, "rename_tags", handle_rename_tags, clone_renaming, "Renamed tags of",
		"bookmark", "bookmarks"},
	{DELETE_TAGS, "delete_tags", handle_delete_tags, clone_tag_deletion, "Deleted tags of",
		"bookmark", "bookmarks"},
	{TAKE_IN_BOOKMARKS, "take_in_bookmarks", handle_take_in_bookmarks, NULL, "Imported",
		"bookmark", "bookmarks"},
	{UNDO, "undo", handle_undo, clone_numbers, "Undid", "change", "changes"},
	{REDO, "redo", handle_redo, clone_numbers, "Redid", "change", "changes"},
	{REQUEST_STARS, "request_stars", handle_request_stars, clone_star_request, "Asked for",
		"star", "stars"},
	{BEGIN_STARS, "begin_stars", handle_begin_stars, NULL, "Asked for", "star", "stars"},
	{TAKE_IN_STARS, "take_in_stars", handle_take_in_stars, NULL, "Imported", "star", "stars"},
	{FINISH_STARS, "finish_stars", handle_finish_stars, NULL, "Marked", "star taken back",
		"stars taken back"},
	{NOTE_INCIDENT, "note_incident", handle_note_incident, NULL, "Noted", "incident",
		"incidents"},
	{RECORD_LINKS, "record_links", handle_record_links, NULL, "Checked", "link", "links"},
	{BEGIN_WORK, "begin_work", handle_begin_work, NULL, "Began", "job", "jobs"},
	{FINISH_WORK, "finish_work", handle_finish_work, NULL, "Finished", "job", "jobs"},
	{FORGET_LINKS, "forget_links", handle_forget_links, clone_ids, "Forgot", "link", "links"},
	{BATCH, "batch", handle_batch, NULL, "Changed", "bookmark", "bookmarks"},
};

_Static_assert(sizeof(rows) / sizeof(rows[0]) == COMMAND_TYPES, "a command has no row");

void bookmark_patch_tags(
	struct bookmark_patch *patch, const struct tag_set *before, const struct tag_set *after)
{
	tag_set_difference(before, after, &patch->without, &patch->tags);
	if (patch->without.count || patch->tags.count)
		patch->tag_edit = TAGS_ADJUST;
}

const char *command_name(enum command_type type)
{
	return (unsigned)type < COMMAND_TYPES ? rows[type].name : "";
}

bool command_type_of(const char *name, enum command_type *type)
{
	for (int i = 0; i < COMMAND_TYPES; i++) {
		if (strcmp(rows[i].name, name) == 0) {
			*type = rows[i].type;
			return true;
		}
	}
	return false;
}

bool command_fits_batch(enum command_type type)
{
	static const bool fits[COMMAND_TYPES] = {
		[ADD_BOOKMARKS] = true,
		[EDIT_BOOKMARKS] = true,
		[DELETE_BOOKMARKS] = true,
		[RESTORE_BOOKMARKS] = true,
		[RENAME_TAGS] = true,
		[DELETE_TAGS] = true,
	};

	return (unsigned)type < COMMAND_TYPES && fits[type];
}

handle_fn command_handler(enum command_type type)
{
	return rows[type].handle;
}

struct command *command_clone(const struct command *command)
{
	struct clone *clone;

	if (!rows[command->type].clone)
		return NULL;
	clone = memory_new(sizeof(*clone));
	clone->command = *command;
	rows[command->type].clone(clone);
	return &clone->command;
}

void command_free(struct command *command)
{
	struct clone *clone = (struct clone *)command;

	if (!clone)
		return;
	for (size_t i = 0; i < clone->count; i++)
		free(clone->pieces[i]);
	free(clone->pieces);
	free(clone);
}

char *describe_change(enum command_type command, size_t bookmarks, const char *subject)
{
	const char *noun = bookmarks == 1 ? rows[command].one : rows[command].many;

	if (subject && *subject)
		return memory_print("%s %zu %s (%s)", rows[command].verb, bookmarks, noun, subject);
	return memory_print("%s %zu %s", rows[command].verb, bookmarks, noun);
}

char *describe_change_of(enum command_type command, const char *name, const char *subject)
{
	if (subject && *subject)
		return memory_print("%s \"%s\" (%s)", rows[command].verb, name, subject);
	return memory_print("%s \"%s\"", rows[command].verb, name);
}
