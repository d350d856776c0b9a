#include "domain/bus/handlers.h"

#include <stdlib.h>
#include <string.h>

#include "domain/bookmarks/change.h"
#include "domain/bookmarks/url.h"

/*
 * A file brings mostly new bookmarks or, read once more, mostly known ones. So each is first taken
 * for what the one before it was, which saves most of them a second look at the library.
 */
struct import {
	struct handling *handling;
	const struct take_in_bookmarks *command;
	bool known_before;
	struct browser_run run; /* of a browser's profile */
};

/* id becomes that of the bookmark. */
static enum status take_in_new(
	const struct import *import, const struct found_bookmark *found, int64_t *id)
{
	struct handling *handling = import->handling;
	struct bookmark bookmark;
	enum status status;

	bookmark_init(&bookmark);
	bookmark_copy(&bookmark, found->bookmark);
	bookmark_take(&bookmark.title, bookmark_clean_title(bookmark.title));
	bookmark_take(&bookmark.notes, bookmark_clean_notes(bookmark.notes));
	if (!*bookmark.source)
		bookmark_set(&bookmark.source, import->command->origin);
	if (import->command->tags)
		tag_set_unite(&bookmark.tags, import->command->tags);
	if (bookmark.added == NO_DATE)
		bookmark.added = handling->now;
	if (bookmark.modified == NO_DATE)
		bookmark.modified = bookmark.added;
	status = change_try_add(handling, &bookmark);
	handling->result->counts.added += status == STATUS_OK;
	if (status == STATUS_OK && bookmark.link.state != LINK_UNCHECKED)
		status = handling->links->put(handling->links, bookmark.id, &bookmark.link);
	*id = bookmark.id;
	bookmark_finish(&bookmark);
	return status;
}

static void import_fill_in(char **field, char *take)
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

/* A record, and the import that it belongs to. */
struct import_merge {
	const struct import *import;
	const struct bookmark *found;
};

static void import_merge(const void *self, struct bookmark *bookmark)
{
	const struct import *import = ((const struct import_merge *)self)->import;
	const struct bookmark *found = ((const struct import_merge *)self)->found;

	tag_set_unite(&bookmark->tags, &found->tags);
	if (import->command->tags)
		tag_set_unite(&bookmark->tags, import->command->tags);
	import_fill_in(&bookmark->title, bookmark_clean_title(found->title));
	import_fill_in(&bookmark->notes, bookmark_clean_notes(found->notes));
	if (found->added != NO_DATE && found->added < bookmark->added)
		bookmark->added = found->added;
	if (import->command->browser && !is_of_stars(bookmark))
		change_mark_back(bookmark);
}

static enum status take_in_known(
	const struct import *import, const struct found_bookmark *found, int64_t id)
{
	const struct import_merge merge = {import, found->bookmark};

	return change_edit_by(import->handling, id, import_merge, &merge);
}

static void import_refuse(
	const struct import *import, const struct found_bookmark *found, const struct error *error)
{
	struct bookmark_source *source = import->command->source;

	import->handling->result->counts.skipped++;
	if (source->refused)
		source->refused(source, found, error);
}

/* known is 0 if none has its address. */
static enum status import_look_up(
	const struct import *import, const struct found_bookmark *found, int64_t *known)
{
	struct repository *bookmarks = import->handling->bookmarks;
	char *normal = NULL;
	enum status status = url_normal_form(found->bookmark->url, &normal, NULL);

	*known = 0;
	if (status == STATUS_OK)
		status = bookmarks->find(bookmarks, normal, known);
	free(normal);
	return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

/* id becomes that of the bookmark. */
static enum status add_or_merge(
	struct import *import, const struct found_bookmark *found, int64_t *id)
{
	int64_t known = 0;
	enum status status = STATUS_OK;

	if (import->known_before)
		status = import_look_up(import, found, &known);
	if (status == STATUS_OK && !known) {
		status = take_in_new(import, found, id);
		if (status == STATUS_DUPLICATE)
			status = import_look_up(import, found, &known);
	}
	if (status == STATUS_OK && known) {
		status = take_in_known(import, found, known);
		*id = known;
	}
	import->known_before = known;
	return status;
}

/*
 * Whether an entry led to a bookmark that the user deleted here, for good or into the trash: it
 * does not come back. What an undo took away does.
 */
static enum status is_dropped(const struct import *import, const char *entry, bool *dropped)
{
	struct handling *handling = import->handling;
	struct browser_ledger *ledger = handling->browsers;
	struct bookmark bookmark;
	int64_t id;
	enum status status = ledger->find(ledger, &import->run, entry, &id);

	*dropped = status == STATUS_OK && id == 0;
	if (status != STATUS_OK || id == 0)
		return status == STATUS_NOT_FOUND ? STATUS_OK : status;
	bookmark_init(&bookmark);
	status = handling->bookmarks->get(handling->bookmarks, id, &bookmark);
	*dropped = status == STATUS_OK && bookmark.deleted;
	if (*dropped)
		status = ledger->see(ledger, &import->run, entry, id);
	bookmark_finish(&bookmark);
	return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

/* An entry of a browser is named by its address, in the form in which addresses are compared. */
static enum status take_in_entry(struct import *import, const struct found_bookmark *found)
{
	struct browser_ledger *ledger = import->handling->browsers;
	char *entry = NULL;
	bool dropped = false;
	int64_t id = 0;
	enum status status = url_normal_form(found->bookmark->url, &entry, NULL);

	if (status == STATUS_OK)
		status = is_dropped(import, entry, &dropped);
	if (status == STATUS_OK && dropped) {
		import->handling->result->counts.unchanged++;
	} else if (status == STATUS_OK) {
		status = add_or_merge(import, found, &id);
		if (status == STATUS_OK)
			status = ledger->see(ledger, &import->run, entry, id);
	}
	free(entry);
	return status;
}

static enum status take_in_one(struct import *import, const struct found_bookmark *found)
{
	struct error error = {0};
	char *normal = NULL;
	int64_t id;
	enum status status = import->command->browser ? take_in_entry(import, found)
						      : add_or_merge(import, found, &id);

	if (status == STATUS_INVALID &&
		url_normal_form(found->bookmark->url, &normal, &error) == STATUS_INVALID) {
		import_refuse(import, found, &error);
		status = STATUS_OK;
	}
	free(normal);
	return status;
}

static enum status take_in_all(struct import *import)
{
	struct bookmark_source *source = import->command->source;
	struct result *result = import->handling->result;

	for (;;) {
		struct found_bookmark found = {0};
		struct error error = {0};
		enum status status = STATUS_OK;

		switch (source->next(source, &found, &error)) {
		case SOURCE_BOOKMARK: status = take_in_one(import, &found); break;
		case SOURCE_SKIPPED: import_refuse(import, &found, &error); break;
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
static enum status mark_gone(const struct import *import, int64_t id)
{
	struct handling *handling = import->handling;
	enum status status = handling->browsers->holds(handling->browsers, id);

	return status == STATUS_NOT_FOUND ? change_mark_gone(handling, id, is_of_stars) : status;
}

static enum status finish_browser(const struct import *import)
{
	struct browser_ledger *ledger = import->handling->browsers;
	int64_t *gone = NULL;
	size_t count = 0;
	enum status status = ledger->finish(ledger, &import->run, &gone, &count);

	for (size_t i = 0; i < count && status == STATUS_OK; i++)
		status = mark_gone(import, gone[i]);
	free(gone);
	return status;
}

enum status handle_take_in_bookmarks(struct handling *handling, const struct command *command)
{
	struct import import = {.handling = handling, .command = &command->as.take_in_bookmarks};
	enum status status;

	handling->subject = import.command->origin;
	handling->rehearsal = import.command->dry_run;
	if (!import.command->browser)
		return take_in_all(&import);
	status = handling->browsers->begin(
		handling->browsers, import.command->browser, import.command->profile, &import.run);
	if (status == STATUS_OK)
		status = take_in_all(&import);
	return status == STATUS_OK ? finish_browser(&import) : status;
}
