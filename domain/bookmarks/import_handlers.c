#include "domain/bus/handlers.h"

#include <stdlib.h>
#include <string.h>

#include "domain/bookmarks/url.h"

/*
 * A file brings mostly new bookmarks or, read once more, mostly known ones. So each is first taken
 * for what the one before it was, which saves most of them a second look at the library.
 */
struct intake {
	struct handling *handling;
	const struct take_in_bookmarks *command;
	bool known_before;
	struct browser_run run; /* of a browser's profile */
};

static void unite_tags(
	const struct intake *intake, const struct found_bookmark *found, struct bookmark *bookmark)
{
	if (found->tags)
		tag_set_unite(&bookmark->tags, found->tags);
	if (intake->command->tags)
		tag_set_unite(&bookmark->tags, intake->command->tags);
}

/* id becomes that of the bookmark. */
static enum status take_in_new(
	const struct intake *intake, const struct found_bookmark *found, int64_t *id)
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
	status = change_try_add(handling, &bookmark);
	handling->result->counts.added += status == STATUS_OK;
	if (status == STATUS_OK && found->link)
		status = handling->links->put(handling->links, bookmark.id, found->link);
	*id = bookmark.id;
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

/* What stars say of theirs is no matter of browsers. */
static bool is_of_stars(const struct bookmark *bookmark)
{
	return strcmp(bookmark->source, "manual") != 0 &&
	       strncmp(bookmark->source, "file:", 5) != 0;
}

static void merge(
	const struct intake *intake, const struct found_bookmark *found, struct bookmark *bookmark)
{
	unite_tags(intake, found, bookmark);
	fill_in(&bookmark->title, bookmark_clean_title(found->title ? found->title : ""));
	fill_in(&bookmark->notes, bookmark_clean_notes(found->notes ? found->notes : ""));
	if (found->added != NO_DATE && found->added < bookmark->added)
		bookmark->added = found->added;
	if (intake->command->browser && !is_of_stars(bookmark))
		bookmark->unstarred = false; /* it is there again */
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

static void import_refuse(
	const struct intake *intake, const struct found_bookmark *found, const struct error *error)
{
	struct bookmark_source *source = intake->command->source;

	intake->handling->result->counts.skipped++;
	if (source->refused)
		source->refused(source, found, error);
}

/* known is 0 if none has its address. */
static enum status look_up(
	const struct intake *intake, const struct found_bookmark *found, int64_t *known)
{
	struct repository *bookmarks = intake->handling->bookmarks;
	char *normal = NULL;
	enum status status = url_normal_form(found->url, &normal, NULL);

	*known = 0;
	if (status == STATUS_OK)
		status = bookmarks->find(bookmarks, normal, known);
	free(normal);
	return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

/* id becomes that of the bookmark. */
static enum status add_or_merge(
	struct intake *intake, const struct found_bookmark *found, int64_t *id)
{
	int64_t known = 0;
	enum status status = STATUS_OK;

	if (intake->known_before)
		status = look_up(intake, found, &known);
	if (status == STATUS_OK && !known) {
		status = take_in_new(intake, found, id);
		if (status == STATUS_DUPLICATE)
			status = look_up(intake, found, &known);
	}
	if (status == STATUS_OK && known) {
		status = take_in_known(intake, found, known);
		*id = known;
	}
	intake->known_before = known;
	return status;
}

/*
 * Whether an entry led to a bookmark that the user deleted here, for good or into the trash: it
 * does not come back. What an undo took away does.
 */
static enum status is_dropped(const struct intake *intake, const char *entry, bool *dropped)
{
	struct handling *handling = intake->handling;
	struct browser_ledger *ledger = handling->browsers;
	struct bookmark bookmark;
	int64_t id;
	enum status status = ledger->find(ledger, &intake->run, entry, &id);

	*dropped = status == STATUS_OK && id == 0;
	if (status != STATUS_OK || id == 0)
		return status == STATUS_NOT_FOUND ? STATUS_OK : status;
	bookmark_init(&bookmark);
	status = handling->bookmarks->get(handling->bookmarks, id, &bookmark);
	*dropped = status == STATUS_OK && bookmark.deleted;
	if (*dropped)
		status = ledger->see(ledger, &intake->run, entry, id);
	bookmark_finish(&bookmark);
	return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

/* An entry of a browser is named by its address, in the form in which addresses are compared. */
static enum status take_in_entry(struct intake *intake, const struct found_bookmark *found)
{
	struct browser_ledger *ledger = intake->handling->browsers;
	char *entry = NULL;
	bool dropped = false;
	int64_t id = 0;
	enum status status = url_normal_form(found->url, &entry, NULL);

	if (status == STATUS_OK)
		status = is_dropped(intake, entry, &dropped);
	if (status == STATUS_OK && dropped) {
		intake->handling->result->counts.unchanged++;
	} else if (status == STATUS_OK) {
		status = add_or_merge(intake, found, &id);
		if (status == STATUS_OK)
			status = ledger->see(ledger, &intake->run, entry, id);
	}
	free(entry);
	return status;
}

static enum status take_in_one(struct intake *intake, const struct found_bookmark *found)
{
	struct error error = {0};
	char *normal = NULL;
	int64_t id;
	enum status status = intake->command->browser ? take_in_entry(intake, found)
						      : add_or_merge(intake, found, &id);

	if (status == STATUS_INVALID &&
		url_normal_form(found->url, &normal, &error) == STATUS_INVALID) {
		import_refuse(intake, found, &error);
		status = STATUS_OK;
	}
	free(normal);
	return status;
}

static enum status take_in_all(struct intake *intake)
{
	struct bookmark_source *source = intake->command->source;
	struct result *result = intake->handling->result;

	for (;;) {
		struct found_bookmark found = {.added = NO_DATE, .modified = NO_DATE};
		struct error error = {0};
		enum status status = STATUS_OK;

		switch (source->next(source, &found, &error)) {
		case SOURCE_BOOKMARK: status = take_in_one(intake, &found); break;
		case SOURCE_SKIPPED: import_refuse(intake, &found, &error); break;
		case SOURCE_END: return STATUS_OK;
		case SOURCE_FAILED:
			result->error = error;
			return source->status == STATUS_OK ? STATUS_INVALID : source->status;
		}
		if (status != STATUS_OK)
			return status;
	}
}

/* It was deleted in a browser; if no other has it either, that is marked. */
static enum status mark_gone(const struct intake *intake, int64_t id)
{
	struct handling *handling = intake->handling;
	enum status status = handling->browsers->holds(handling->browsers, id);

	return status == STATUS_NOT_FOUND ? change_mark_unstarred(handling, id, is_of_stars)
					  : status;
}

static enum status finish_browser(const struct intake *intake)
{
	struct browser_ledger *ledger = intake->handling->browsers;
	int64_t *gone = NULL;
	size_t count = 0;
	enum status status = ledger->finish(ledger, &intake->run, &gone, &count);

	for (size_t i = 0; i < count && status == STATUS_OK; i++)
		status = mark_gone(intake, gone[i]);
	free(gone);
	return status;
}

enum status handle_take_in_bookmarks(struct handling *handling, const struct command *command)
{
	struct intake intake = {.handling = handling, .command = &command->as.take_in_bookmarks};
	enum status status;

	handling->subject = intake.command->origin;
	handling->rehearsal = intake.command->dry_run;
	if (!intake.command->browser)
		return take_in_all(&intake);
	status = handling->browsers->begin(
		handling->browsers, intake.command->browser, intake.command->profile, &intake.run);
	if (status == STATUS_OK)
		status = take_in_all(&intake);
	return status == STATUS_OK ? finish_browser(&intake) : status;
}
