#include "domain/bookmarks/change.h"

#include <stdlib.h>

#include "domain/bookmarks/url.h"

/* The change is opened by the first bookmark it touches, so that a command without effect leaves
 * none. */
static enum status open_change(struct handling *handling)
{
	struct result *result = handling->result;
	enum status status;

	if (result->change)
		return STATUS_OK;
	status = handling->joins
			 ? handling->journal->join_change(handling->journal, handling->joins)
			 : STATUS_NOT_FOUND;
	if (status == STATUS_OK)
		result->change = handling->joins;
	else if (status == STATUS_NOT_FOUND && !handling->must_join)
		status = handling->journal->open_change(handling->journal, handling->command,
			handling->subject ? handling->subject : "", handling->now, &result->change);
	if (status != STATUS_OK)
		return status;
	handling->events->change = result->change;
	return STATUS_OK;
}

static void change_tell(struct handling *handling, int64_t bookmark, const struct bookmark *before,
	const struct bookmark *after, enum event_type happened)
{
	char fields[BOOKMARK_FIELDS_SIZE] = "";

	if (happened == BOOKMARKS_DELETED) {
		event_queue_record_deletion(
			handling->events, handling->subject, bookmark, before->url);
		return;
	}
	if (happened == BOOKMARKS_EDITED)
		bookmark_differences(before, after, fields);
	event_queue_record_fields(handling->events, happened, handling->subject, bookmark, fields);
}

static enum status change_keep(struct handling *handling, int64_t bookmark,
	const struct bookmark *before, const struct bookmark *after, enum event_type happened)
{
	struct change_image image = {bookmark, before, after};
	enum status status = open_change(handling);

	if (status == STATUS_OK)
		status = handling->journal->record(
			handling->journal, handling->result->change, &image);
	if (status == STATUS_OK)
		change_tell(handling, bookmark, before, after, happened);
	return status;
}

static void say_who_has_it(struct handling *handling, const struct bookmark *bookmark)
{
	char *normal = NULL;
	int64_t id;

	if (url_normal_form(bookmark->url, &normal, NULL) == STATUS_OK &&
		handling->bookmarks->find(handling->bookmarks, normal, &id) == STATUS_OK)
		error_set_default(
			&handling->result->error, "bookmark %lld has this address", (long long)id);
	free(normal);
}

static enum status change_explain(
	struct handling *handling, enum status status, const struct bookmark *bookmark)
{
	if (status == STATUS_DUPLICATE)
		say_who_has_it(handling, bookmark);
	return status;
}

enum status change_try_add(struct handling *handling, struct bookmark *bookmark)
{
	enum status status = handling->bookmarks->add(handling->bookmarks, bookmark);

	if (status != STATUS_OK)
		return status;
	return change_keep(handling, bookmark->id, NULL, NULL, BOOKMARKS_ADDED);
}

enum status change_add(struct handling *handling, struct bookmark *bookmark)
{
	return change_explain(handling, change_try_add(handling, bookmark), bookmark);
}

static enum status update(struct handling *handling, const struct bookmark *before,
	const struct bookmark *after, enum event_type happened)
{
	enum status status = handling->bookmarks->update(handling->bookmarks, after);

	if (status != STATUS_OK)
		return change_explain(handling, status, after);
	return change_keep(handling, after->id, before, after, happened);
}

enum status change_edit(
	struct handling *handling, const struct bookmark *before, struct bookmark *after)
{
	after->modified = handling->now;
	return update(handling, before, after, BOOKMARKS_EDITED);
}

enum status change_edit_if_different(
	struct handling *handling, const struct bookmark *before, struct bookmark *after)
{
	enum status status;

	if (bookmark_equal(before, after)) {
		handling->result->counts.unchanged++;
		return STATUS_OK;
	}
	status = change_edit(handling, before, after);
	handling->result->counts.updated += status == STATUS_OK;
	return status;
}

enum status change_edit_by(struct handling *handling, int64_t id,
	void (*edit)(const void *self, struct bookmark *bookmark), const void *self)
{
	struct bookmark before, after;
	enum status status;

	bookmark_init(&before);
	bookmark_init(&after);
	status = handling->bookmarks->get(handling->bookmarks, id, &before);
	if (status == STATUS_OK) {
		bookmark_copy(&after, &before);
		edit(self, &after);
		status = change_edit_if_different(handling, &before, &after);
	}
	bookmark_finish(&after);
	bookmark_finish(&before);
	return status;
}

void change_mark_back(struct bookmark *bookmark)
{
	bookmark->unstarred = false;
}

enum status change_mark_gone(
	struct handling *handling, int64_t id, bool (*spare)(const struct bookmark *bookmark))
{
	struct bookmark before, after;
	enum status status;

	bookmark_init(&before);
	bookmark_init(&after);
	status = handling->bookmarks->get(handling->bookmarks, id, &before);
	if (status == STATUS_OK && !before.unstarred && before.deleted == 0 &&
		!(spare && spare(&before))) {
		bookmark_copy(&after, &before);
		after.unstarred = true;
		status = change_edit(handling, &before, &after);
		handling->result->counts.gone += status == STATUS_OK;
	}
	bookmark_finish(&after);
	bookmark_finish(&before);
	return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

static enum status change_move(struct handling *handling, const struct bookmark *bookmark,
	int64_t deleted, enum event_type happened)
{
	struct bookmark after;
	enum status status;

	bookmark_init(&after);
	bookmark_copy(&after, bookmark);
	after.deleted = deleted;
	status = update(handling, bookmark, &after, happened);
	bookmark_finish(&after);
	return status;
}

/* A clock that was never set begins at 0, which would mean that it is not deleted. */
enum status change_delete(struct handling *handling, const struct bookmark *bookmark)
{
	return change_move(
		handling, bookmark, handling->now ? handling->now : 1, BOOKMARKS_DELETED);
}

enum status change_restore(struct handling *handling, const struct bookmark *bookmark)
{
	return change_move(handling, bookmark, 0, BOOKMARKS_RESTORED);
}
