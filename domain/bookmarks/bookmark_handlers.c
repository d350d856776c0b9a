#include "domain/bus/handlers.h"

#include <stdlib.h>
#include <string.h>

#include "domain/base/timestamp.h"
#include "domain/bookmarks/change.h"
#include "domain/bookmarks/url.h"

/* The bookmark with an id, in the trash or out of it as asked; refused with its number. */
static enum status get(
	struct handling *handling, int64_t id, bool trashed, struct bookmark *bookmark)
{
	enum status status = handling->bookmarks->get(handling->bookmarks, id, bookmark);

	if (status == STATUS_OK && (bookmark->deleted != 0) != trashed)
		status = STATUS_NOT_FOUND;
	if (status == STATUS_NOT_FOUND)
		error_set(&handling->result->error,
			trashed ? "no bookmark %lld in the trash" : "no bookmark %lld",
			(long long)id);
	return status;
}

static enum status patch_url(struct bookmark *bookmark, const char *typed, struct error *error)
{
	char *url = NULL, *normal = NULL;
	enum status status = url_from_typed(typed, &url, error);

	if (status == STATUS_OK)
		status = url_normal_form(url, &normal, error);
	if (status == STATUS_OK)
		bookmark_set(&bookmark->url, url);
	free(normal);
	free(url);
	return status;
}

static enum status patch(
	struct bookmark *bookmark, const struct bookmark_patch *patch, struct error *error)
{
	enum status status = STATUS_OK;

	if (patch->url)
		status = patch_url(bookmark, patch->url, error);
	if (patch->title)
		bookmark_take(&bookmark->title, bookmark_clean_title(patch->title));
	if (patch->notes)
		bookmark_take(&bookmark->notes, bookmark_clean_notes(patch->notes));
	if (patch->tag_edit == TAGS_SET)
		tag_set_copy(&bookmark->tags, &patch->tags);
	if (patch->tag_edit == TAGS_ADJUST) {
		tag_set_subtract(&bookmark->tags, &patch->without);
		tag_set_unite(&bookmark->tags, &patch->tags);
	}
	return status;
}

static enum status bookmark_patch_and_edit(struct handling *handling, const struct bookmark *before,
	const struct bookmark_patch *fields)
{
	struct bookmark after;
	enum status status;

	bookmark_init(&after);
	bookmark_copy(&after, before);
	status = patch(&after, fields, &handling->result->error);
	if (status == STATUS_OK)
		status = change_edit_if_different(handling, before, &after);
	bookmark_finish(&after);
	return status;
}

/* The one who edits saw it as it was at another time. */
static enum status refuse_late(struct handling *handling, const struct bookmark *bookmark)
{
	char at[TIMESTAMP_SIZE];

	timestamp_print(bookmark->modified, at);
	return error_fail(STATUS_CONFLICT, &handling->result->error,
		"bookmark %lld was changed at %s", (long long)bookmark->id, at);
}

static enum status edit_one(struct handling *handling, const struct bookmark_edit *one)
{
	struct bookmark before;
	enum status status;

	bookmark_init(&before);
	status = get(handling, one->id, false, &before);
	if (status == STATUS_OK && one->if_modified && before.modified != one->modified)
		status = refuse_late(handling, &before);
	if (status == STATUS_OK)
		status = bookmark_patch_and_edit(handling, &before, &one->patch);
	bookmark_finish(&before);
	result_add_item(handling->result, status, one->id);
	return status;
}

enum status handle_edit_bookmarks(struct handling *handling, const struct command *command)
{
	const struct edit_bookmarks *all = &command->as.edit_bookmarks;
	enum status status = STATUS_OK;

	for (size_t i = 0; i < all->count && status == STATUS_OK; i++)
		status = edit_one(handling, &all->edits[i]);
	return status;
}

static enum status add_new(
	struct handling *handling, const struct bookmark_draft *draft, const char *url, int64_t *id)
{
	struct bookmark bookmark;
	enum status status;

	bookmark_init(&bookmark);
	bookmark_set(&bookmark.url, url);
	bookmark_set(&bookmark.source, "manual");
	bookmark_take(&bookmark.title, bookmark_clean_title(draft->title ? draft->title : ""));
	bookmark_take(&bookmark.notes, bookmark_clean_notes(draft->notes ? draft->notes : ""));
	tag_set_copy(&bookmark.tags, &draft->tags);
	bookmark.added = bookmark.modified = handling->now;
	status = change_add(handling, &bookmark);
	handling->result->counts.added += status == STATUS_OK;
	*id = bookmark.id;
	bookmark_finish(&bookmark);
	return status;
}

static enum status update_known(
	struct handling *handling, const struct bookmark_draft *draft, int64_t id)
{
	struct bookmark_patch fields = {
		.title = draft->title,
		.notes = draft->notes,
		.tag_edit = draft->tags_given ? TAGS_SET : TAGS_KEEP,
		.tags = draft->tags,
	};
	struct bookmark before;
	enum status status;

	bookmark_init(&before);
	status = get(handling, id, false, &before);
	if (status == STATUS_OK)
		status = bookmark_patch_and_edit(handling, &before, &fields);
	bookmark_finish(&before);
	return status;
}

static enum status add_or_update(struct handling *handling, const struct bookmark_draft *draft,
	const char *url, bool update, int64_t *id)
{
	struct error *error = &handling->result->error;
	char *normal = NULL;
	enum status status = url_normal_form(url, &normal, error);

	if (status != STATUS_OK)
		return status;
	status = handling->bookmarks->find(handling->bookmarks, normal, id);
	free(normal);
	if (status == STATUS_NOT_FOUND)
		return add_new(handling, draft, url, id);
	if (status == STATUS_OK && update)
		return update_known(handling, draft, *id);
	if (status == STATUS_OK)
		return error_fail(
			STATUS_DUPLICATE, error, "bookmark %lld has this address", (long long)*id);
	return status;
}

static enum status add_one(
	struct handling *handling, const struct bookmark_draft *draft, bool update)
{
	char *url = NULL;
	int64_t id = 0;
	enum status status = url_from_typed(draft->url, &url, &handling->result->error);

	if (status == STATUS_OK)
		status = add_or_update(handling, draft, url, update, &id);
	free(url);
	result_add_item(handling->result, status, id);
	return status;
}

/* Who has the address came with the same command, and is taken back with it. */
static void explain_twin(struct handling *handling, const struct bookmark_draft *draft)
{
	const struct result *result = handling->result;
	const struct result_item *last = &result->items[result->item_count - 1];

	if (last->status == STATUS_DUPLICATE && result->items[0].status == STATUS_OK &&
		result->items[0].id <= last->id)
		error_set(&handling->result->error, "two of them have one address: %s", draft->url);
}

static bool is_about_the_item(enum status status)
{
	return status == STATUS_INVALID || status == STATUS_DUPLICATE;
}

enum status handle_add_bookmarks(struct handling *handling, const struct command *command)
{
	const struct add_bookmarks *add = &command->as.add_bookmarks;
	enum status status = STATUS_OK;

	for (size_t i = 0; i < add->count && status == STATUS_OK; i++) {
		status = add_one(handling, &add->drafts[i], add->update);
		if (add->partial && is_about_the_item(status)) {
			handling->result->counts.skipped++;
			status = STATUS_OK;
		}
		if (status == STATUS_DUPLICATE)
			explain_twin(handling, &add->drafts[i]);
	}
	return status;
}

static enum status move_all(struct handling *handling, const struct some_bookmarks *some,
	bool trashed, enum status (*move)(struct handling *, const struct bookmark *))
{
	enum status status = STATUS_OK;
	struct bookmark bookmark;

	bookmark_init(&bookmark);
	for (size_t i = 0; i < some->count && status == STATUS_OK; i++) {
		status = get(handling, some->ids[i], trashed, &bookmark);
		if (status == STATUS_OK)
			status = move(handling, &bookmark);
		result_add_item(handling->result, status, some->ids[i]);
		handling->result->counts.updated += status == STATUS_OK;
	}
	bookmark_finish(&bookmark);
	return status;
}

enum status handle_delete_bookmarks(struct handling *handling, const struct command *command)
{
	return move_all(handling, &command->as.delete_bookmarks, false, change_delete);
}

enum status handle_restore_bookmarks(struct handling *handling, const struct command *command)
{
	enum status status =
		move_all(handling, &command->as.restore_bookmarks, true, change_restore);

	return status == STATUS_DUPLICATE ? STATUS_CONFLICT : status;
}

static enum status drop(struct handling *handling, int64_t id)
{
	enum status status = handling->bookmarks->remove(handling->bookmarks, id);

	if (status == STATUS_OK)
		status = handling->journal->forget(handling->journal, id);
	if (status == STATUS_OK)
		status = handling->stars->tombstone(handling->stars, id);
	if (status == STATUS_OK)
		status = handling->browsers->tombstone(handling->browsers, id);
	if (status == STATUS_OK)
		event_queue_record_bookmark(handling->events, TRASH_EMPTIED, "", id);
	handling->result->counts.updated += status == STATUS_OK;
	return status;
}

enum status handle_empty_trash(struct handling *handling, const struct command *command)
{
	const struct empty_trash *empty = &command->as.empty_trash;
	int64_t *ids = NULL;
	size_t count = 0;
	enum status status = STATUS_OK;

	if (empty->asked_for)
		status = handling->journal->drop_taken_back(handling->journal);
	if (status == STATUS_OK)
		status = handling->bookmarks->trashed_until(
			handling->bookmarks, empty->deleted_until, &ids, &count);
	for (size_t i = 0; i < count && status == STATUS_OK; i++)
		status = drop(handling, ids[i]);
	free(ids);
	return status;
}
