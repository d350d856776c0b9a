#include "domain/bus/command.h"

#include <stdlib.h>
#include <string.h>

#include "domain/base/memory.h"

static const char *const names[COMMAND_TYPES] = {
	[ADD_BOOKMARKS] = "add_bookmarks",
	[EDIT_BOOKMARKS] = "edit_bookmarks",
	[DELETE_BOOKMARKS] = "delete_bookmarks",
	[RESTORE_BOOKMARKS] = "restore_bookmarks",
	[EMPTY_TRASH] = "empty_trash",
	[RENAME_TAGS] = "rename_tags",
	[DELETE_TAGS] = "delete_tags",
	[TAKE_IN_BOOKMARKS] = "take_in_bookmarks",
	[UNDO] = "undo",
	[REDO] = "redo",
	[REQUEST_STARS] = "request_stars",
	[TAKE_IN_STARS] = "take_in_stars",
	[FINISH_STARS] = "finish_stars",
};

const char *command_name(enum command_type type)
{
	return names[type];
}

bool command_type_of(const char *name, enum command_type *type)
{
	for (int i = 0; i < COMMAND_TYPES; i++) {
		if (strcmp(names[i], name) == 0) {
			*type = (enum command_type)i;
			return true;
		}
	}
	return false;
}

/* A clone keeps every piece of memory it took in one list, so that freeing needs no types. */
struct clone {
	struct command command; /* first: a clone is its command */
	void **pieces;
	size_t count;
	size_t capacity;
};

static void *keep(struct clone *clone, void *take)
{
	clone->pieces =
		memory_grow(clone->pieces, clone->count, &clone->capacity, sizeof(*clone->pieces));
	clone->pieces[clone->count++] = take;
	return take;
}

static const char *keep_string(struct clone *clone, const char *string)
{
	return string ? keep(clone, memory_copy_string(string)) : NULL;
}

static void *keep_array(struct clone *clone, const void *items, size_t count, size_t size)
{
	void *copy = keep(clone, memory_array(count, size));

	if (count)
		memcpy(copy, items, count * size);
	return copy;
}

static const char *const *keep_strings(
	struct clone *clone, const char *const *strings, size_t count)
{
	const char **copy = keep(clone, memory_array(count, sizeof(*copy)));

	for (size_t i = 0; i < count; i++)
		copy[i] = keep_string(clone, strings[i]);
	return copy;
}

static void keep_tags(struct clone *clone, struct tag_set *set)
{
	set->tags = keep_array(clone, set->tags, set->count, sizeof(*set->tags));
	set->capacity = set->count;
	for (size_t i = 0; i < set->count; i++)
		set->tags[i] = keep(clone, memory_copy_string(set->tags[i]));
}

static void keep_drafts(struct clone *clone, struct add_bookmarks *add)
{
	struct bookmark_draft *drafts = keep_array(clone, add->drafts, add->count, sizeof(*drafts));

	for (size_t i = 0; i < add->count; i++) {
		drafts[i].url = keep_string(clone, drafts[i].url);
		drafts[i].title = keep_string(clone, drafts[i].title);
		drafts[i].notes = keep_string(clone, drafts[i].notes);
		keep_tags(clone, &drafts[i].tags);
	}
	add->drafts = drafts;
}

static void keep_edits(struct clone *clone, struct edit_bookmarks *edit)
{
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

static void keep_ids(struct clone *clone, struct some_bookmarks *some)
{
	some->ids = keep_array(clone, some->ids, some->count, sizeof(*some->ids));
}

static void keep_request(struct clone *clone, struct star_request *request)
{
	request->forge = keep_string(clone, request->forge);
	request->user = keep_string(clone, request->user);
	if (request->tags) {
		struct tag_set *tags = keep_array(clone, request->tags, 1, sizeof(*tags));

		keep_tags(clone, tags);
		request->tags = tags;
	}
}

struct command *command_clone(const struct command *command)
{
	struct clone *clone = memory_new(sizeof(*clone));
	struct command *copy = &clone->command;

	*copy = *command;
	switch (command->type) {
	case ADD_BOOKMARKS: keep_drafts(clone, &copy->as.add_bookmarks); break;
	case EDIT_BOOKMARKS: keep_edits(clone, &copy->as.edit_bookmarks); break;
	case DELETE_BOOKMARKS: keep_ids(clone, &copy->as.delete_bookmarks); break;
	case RESTORE_BOOKMARKS: keep_ids(clone, &copy->as.restore_bookmarks); break;
	case RENAME_TAGS:
		copy->as.rename_tags.from = keep_strings(
			clone, command->as.rename_tags.from, command->as.rename_tags.count);
		copy->as.rename_tags.to = keep_string(clone, command->as.rename_tags.to);
		break;
	case DELETE_TAGS:
		copy->as.delete_tags.tags = keep_strings(
			clone, command->as.delete_tags.tags, command->as.delete_tags.count);
		break;
	case REQUEST_STARS: keep_request(clone, &copy->as.request_stars.request); break;
	case EMPTY_TRASH:
	case UNDO:
	case REDO: break;
	case TAKE_IN_BOOKMARKS:
	case TAKE_IN_STARS:
	case FINISH_STARS:
	case COMMAND_TYPES: command_free(copy); return NULL;
	}
	return copy;
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
