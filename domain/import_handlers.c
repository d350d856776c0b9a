#include "domain/handlers.h"

#include <stdlib.h>
#include <string.h>

#include "domain/url.h"

/* What is given of a found bookmark, together with the tags the whole import gets. */
struct intake {
	struct handling *handling;
	const struct take_in_bookmarks *command;
};

static void unite_tags(
	const struct intake *intake, const struct found_bookmark *found, struct bookmark *bookmark)
{
	if (found->tags)
		tag_set_unite(&bookmark->tags, found->tags);
	if (intake->command->tags)
		tag_set_unite(&bookmark->tags, intake->command->tags);
}

static enum status take_in_new(const struct intake *intake, const struct found_bookmark *found)
{
	struct handling *handling = intake->handling;
	struct bookmark bookmark;
	enum status status;

	bookmark_init(&bookmark);
	bookmark_set(&bookmark.url, found->url);
	bookmark_take(&bookmark.title, bookmark_clean_title(found->title ? found->title : ""));
	bookmark_take(&bookmark.notes, bookmark_clean_notes(found->notes ? found->notes : ""));
	bookmark_set(&bookmark.source, found->origin ? found->origin : intake->command->origin);
	unite_tags(intake, found, &bookmark);
	bookmark.unstarred = found->unstarred;
	bookmark.added = found->added == NO_DATE ? handling->now : found->added;
	bookmark.modified = found->modified == NO_DATE ? bookmark.added : found->modified;
	status = change_add(handling, &bookmark);
	handling->outcome->added += status == STATUS_OK;
	bookmark_finish(&bookmark);
	return status;
}

static void fill_in(char **field, char *take)
{
	if (**field == '\0')
		bookmark_take(field, take);
	else
		free(take);
}

static void merge(
	const struct intake *intake, const struct found_bookmark *found, struct bookmark *bookmark)
{
	unite_tags(intake, found, bookmark);
	fill_in(&bookmark->title, bookmark_clean_title(found->title ? found->title : ""));
	fill_in(&bookmark->notes, bookmark_clean_notes(found->notes ? found->notes : ""));
	if (found->added != NO_DATE && found->added < bookmark->added)
		bookmark->added = found->added;
}

static enum status take_in_known(
	const struct intake *intake, const struct found_bookmark *found, int64_t id)
{
	struct handling *handling = intake->handling;
	struct bookmark before, after;
	enum status status;

	bookmark_init(&before);
	bookmark_init(&after);
	status = handling->bookmarks->get(handling->bookmarks, id, &before);
	if (status == STATUS_OK) {
		bookmark_copy(&after, &before);
		merge(intake, found, &after);
		status = change_edit_if_different(handling, &before, &after);
	}
	bookmark_finish(&after);
	bookmark_finish(&before);
	return status;
}

static void refuse(const struct intake *intake, const struct found_bookmark *found,
	const struct reason *reason)
{
	struct bookmark_source *source = intake->command->source;

	intake->handling->outcome->skipped++;
	if (source->refused)
		source->refused(source, found, reason);
}

static enum status take_in_one(const struct intake *intake, const struct found_bookmark *found)
{
	struct repository *bookmarks = intake->handling->bookmarks;
	struct reason reason = {0};
	char *normal = NULL;
	int64_t id;
	enum status status = url_normal_form(found->url, &normal, &reason);

	if (status == STATUS_INVALID) {
		refuse(intake, found, &reason);
		return STATUS_OK;
	}
	if (status == STATUS_OK)
		status = bookmarks->find(bookmarks, normal, &id);
	free(normal);
	if (status == STATUS_NOT_FOUND)
		return take_in_new(intake, found);
	if (status == STATUS_OK)
		return take_in_known(intake, found, id);
	return status;
}

static enum status take_in_all(const struct intake *intake)
{
	struct bookmark_source *source = intake->command->source;
	struct outcome *outcome = intake->handling->outcome;

	for (;;) {
		struct found_bookmark found = {.added = NO_DATE, .modified = NO_DATE};
		struct reason reason = {0};
		enum status status = STATUS_OK;

		switch (source->next(source, &found, &reason)) {
		case SOURCE_BOOKMARK: status = take_in_one(intake, &found); break;
		case SOURCE_SKIPPED: refuse(intake, &found, &reason); break;
		case SOURCE_END: return STATUS_OK;
		case SOURCE_FAILED:
			outcome->reason = reason;
			return source->status == STATUS_OK ? STATUS_INVALID : source->status;
		}
		if (status != STATUS_OK)
			return status;
	}
}

enum status handle_take_in_bookmarks(struct handling *handling, const struct command *command)
{
	struct intake intake = {handling, &command->as.take_in_bookmarks};

	handling->subject = intake.command->origin;
	handling->rehearsal = intake.command->dry_run;
	return take_in_all(&intake);
}
