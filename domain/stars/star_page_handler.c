#include "domain/bus/handlers.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "domain/base/memory.h"
#include "domain/bookmarks/bookmark_source.h"
#include "domain/bookmarks/change.h"
#include "domain/bookmarks/url.h"
#include "domain/stars/star_ledger.h"

/*
 * One star of a page, taken into the library:
 *
 *   - one that is known follows the forge in every field that still is what the forge said last
 *     time; what the user changed stays, and what the user deleted stays away
 *   - one that is not, with an address that is, joins that bookmark by the rule of imports
 *   - any other becomes a bookmark
 *
 * Counts in the result, unless the walk has met it before.
 */
struct star_upsert {
	struct handling *handling;
	const struct star_page *page;
	const struct star_list *list;
};

/* The bookmark in use that has an address, by its normal form; NOT_FOUND. */
static enum status star_find_address(const struct star_upsert *upsert, const char *url, int64_t *id)
{
	struct repository *bookmarks = upsert->handling->bookmarks;
	char *normal = NULL;
	enum status status = url_normal_form(url, &normal, &upsert->handling->result->error);

	if (status == STATUS_OK)
		status = bookmarks->find(bookmarks, normal, id);
	free(normal);
	return status;
}

static bool star_has_date(const struct star_upsert *upsert, const struct remote_star *found)
{
	return upsert->page->timestamps && found->starred_at != NO_DATE;
}

static void star_keep_earliest(const struct star_upsert *upsert, const struct remote_star *found,
	struct bookmark *bookmark)
{
	if (star_has_date(upsert, found) && found->starred_at < bookmark->added)
		bookmark->added = found->starred_at;
}

static bool tag_set_has_all(const struct tag_set *set, const struct tag_set *tags)
{
	for (size_t i = 0; i < tags->count; i++)
		if (!tag_set_has(set, tags->tags[i]))
			return false;
	return true;
}

/* Nothing is new since the last time. */
static bool star_baseline_equal(
	const struct star_upsert *upsert, const struct remote_star *found, const struct star *star)
{
	return strcmp(star->title, found->title) == 0 && strcmp(star->url, found->url) == 0 &&
	       strcmp(star->notes, found->notes) == 0 &&
	       (!upsert->page->topics || tag_set_equal(&star->tags, &found->tags)) &&
	       (!upsert->page->tags || tag_set_has_all(&star->given, upsert->page->tags));
}

static void merge_upstream_text(char **field, char **baseline, const char *found)
{
	if (strcmp(*field, *baseline) == 0)
		bookmark_set(field, found);
	bookmark_set(baseline, found);
}

/* A new address that another bookmark has is left for the day when it is free. */
static enum status merge_upstream_url(const struct star_upsert *upsert,
	const struct remote_star *found, struct bookmark *bookmark, struct star *star)
{
	int64_t holder = 0;
	enum status status;

	if (strcmp(found->url, star->url) == 0)
		return STATUS_OK;
	status = star_find_address(upsert, found->url, &holder);
	if (status == STATUS_NOT_FOUND || (status == STATUS_OK && holder == bookmark->id)) {
		merge_upstream_text(&bookmark->url, &star->url, found->url);
		return STATUS_OK;
	}
	return status;
}

/* Tags the forge has dropped go, its new ones come; what the user made of the others stays. */
static void merge_upstream_tags(
	const struct remote_star *found, struct bookmark *bookmark, struct star *star)
{
	for (size_t i = 0; i < star->tags.count; i++)
		if (!tag_set_has(&found->tags, star->tags.tags[i]) &&
			!tag_set_has(&star->given, star->tags.tags[i]))
			tag_set_remove(&bookmark->tags, star->tags.tags[i]);
	for (size_t i = 0; i < found->tags.count; i++)
		if (!tag_set_has(&star->tags, found->tags.tags[i]))
			tag_set_add(&bookmark->tags, found->tags.tags[i]);
	tag_set_copy(&star->tags, &found->tags);
}

static void give_tags(const struct tag_set *given, struct bookmark *bookmark, struct star *star)
{
	for (size_t i = 0; i < given->count; i++)
		if (!tag_set_has(&star->given, given->tags[i]))
			tag_set_add(&bookmark->tags, given->tags[i]);
	tag_set_unite(&star->given, given);
}

/*
 * Changes bookmark and the baseline as the forge says: a field that still equals the baseline
 * follows, another stays; of tags each is a field. Writes nothing. A new address that another
 * bookmark has is left, in the baseline too, for the day when it is free.
 */
static enum status star_merge_upstream(const struct star_upsert *upsert,
	const struct remote_star *found, struct bookmark *bookmark, struct star *star)
{
	enum status status = merge_upstream_url(upsert, found, bookmark, star);

	merge_upstream_text(&bookmark->title, &star->title, found->title);
	merge_upstream_text(&bookmark->notes, &star->notes, found->notes);
	if (upsert->page->topics)
		merge_upstream_tags(found, bookmark, star);
	if (upsert->page->tags)
		give_tags(upsert->page->tags, bookmark, star);
	star_keep_earliest(upsert, found, bookmark);
	change_mark_back(bookmark);
	return status;
}

/*
 * Two repositories at one bookmark: one was renamed, and its old name given to another, which
 * turned up before the first did under its new name. Until then both are known by the bookmark,
 * which stays as it is; when the first has moved away with it, the other gets one of its own.
 */

static enum status alias_repositories(
	const struct star_upsert *upsert, int64_t bookmark, int64_t **repositories, size_t *count)
{
	struct star_ledger *ledger = upsert->handling->stars;

	return ledger->aliases(ledger, upsert->page->forge, bookmark, repositories, count);
}

/* OK if a repository other than this one has the bookmark; NOT_FOUND. */
static enum status star_has_aliases(
	const struct star_upsert *upsert, int64_t repository, int64_t bookmark)
{
	int64_t *repositories = NULL;
	size_t count = 0;
	enum status status = alias_repositories(upsert, bookmark, &repositories, &count);

	if (status == STATUS_OK)
		status = STATUS_NOT_FOUND;
	for (size_t i = 0; i < count; i++)
		if (repositories[i] != repository)
			status = STATUS_OK;
	free(repositories);
	return status;
}

static int64_t alias_date(const struct star_upsert *upsert, const struct star *star)
{
	return upsert->page->timestamps && star->starred_at != NO_DATE ? star->starred_at
								       : upsert->handling->now;
}

/* Made from what the forge said of it last. */
static enum status alias_make_own(
	const struct star_upsert *upsert, const struct bookmark *before, struct star *star)
{
	struct star_ledger *ledger = upsert->handling->stars;
	struct bookmark bookmark;
	enum status status;

	bookmark_init(&bookmark);
	bookmark_set(&bookmark.url, star->url);
	bookmark_set(&bookmark.title, star->title);
	bookmark_set(&bookmark.notes, star->notes);
	bookmark_set(&bookmark.source, before->source);
	tag_set_copy(&bookmark.tags, &star->tags);
	tag_set_unite(&bookmark.tags, &star->given);
	bookmark.added = bookmark.modified = alias_date(upsert, star);
	status = change_add(upsert->handling, &bookmark);
	star->bookmark = bookmark.id;
	bookmark_finish(&bookmark);
	if (status == STATUS_DUPLICATE)
		return STATUS_OK;
	if (status != STATUS_OK)
		return status;
	return ledger->put_star(ledger, upsert->page->forge, star);
}

static enum status alias_part(
	const struct star_upsert *upsert, const struct bookmark *before, int64_t repository)
{
	struct star_ledger *ledger = upsert->handling->stars;
	struct star star;
	enum status status;

	star_init(&star);
	status = ledger->get_star(ledger, upsert->page->forge, repository, &star);
	if (status == STATUS_OK)
		status = alias_make_own(upsert, before, &star);
	star_finish(&star);
	return status;
}

/* Makes bookmarks for those that shared before's address with this repository, which has moved. */
static enum status star_part_from_aliases(
	const struct star_upsert *upsert, const struct bookmark *before, int64_t repository)
{
	int64_t *repositories = NULL;
	size_t count = 0;
	enum status status = alias_repositories(upsert, before->id, &repositories, &count);

	for (size_t i = 0; i < count && status == STATUS_OK; i++)
		if (repositories[i] != repository)
			status = alias_part(upsert, before, repositories[i]);
	free(repositories);
	return status;
}

enum effect { UNCHANGED, UPDATED, ADDED };

static struct repository *bookmarks_of(const struct star_upsert *upsert)
{
	return upsert->handling->bookmarks;
}

static struct star_ledger *ledger_of(const struct star_upsert *upsert)
{
	return upsert->handling->stars;
}

/* Writes what changed, if anything did. */
static enum status star_edit(const struct star_upsert *upsert, const struct bookmark *before,
	struct bookmark *after, enum effect *effect)
{
	if (bookmark_equal(before, after))
		return STATUS_OK;
	*effect = UPDATED;
	return change_edit(upsert->handling, before, after);
}

static void unite_tags(
	const struct star_upsert *upsert, const struct remote_star *found, struct tag_set *tags)
{
	if (upsert->page->topics)
		tag_set_unite(tags, &found->tags);
	if (upsert->page->tags)
		tag_set_unite(tags, upsert->page->tags);
}

/* The baseline of a star that is taken in for the first time (again). */
static void set_baseline(
	const struct star_upsert *upsert, const struct remote_star *found, struct star *star)
{
	star->repository = found->repository;
	star->starred_at = found->starred_at;
	bookmark_set(&star->title, found->title);
	bookmark_set(&star->url, found->url);
	bookmark_set(&star->notes, found->notes);
	tag_set_clear(&star->tags);
	tag_set_clear(&star->given);
	if (upsert->page->topics)
		tag_set_copy(&star->tags, &found->tags);
	if (upsert->page->tags)
		tag_set_copy(&star->given, upsert->page->tags);
}

/* "github:octocat"; of "github@host" the part before the "@". */
static char *source_of(const struct star_page *page)
{
	return memory_print("%.*s:%s", (int)strcspn(page->forge, "@"), page->forge, page->user);
}

static enum status star_add(
	const struct star_upsert *upsert, const struct remote_star *found, struct star *star)
{
	struct bookmark bookmark;
	enum status status;
	char *source = source_of(upsert->page);

	bookmark_init(&bookmark);
	bookmark_set(&bookmark.url, found->url);
	bookmark_set(&bookmark.title, found->title);
	bookmark_set(&bookmark.notes, found->notes);
	bookmark_set(&bookmark.source, source);
	unite_tags(upsert, found, &bookmark.tags);
	bookmark.added = star_has_date(upsert, found) ? found->starred_at : upsert->handling->now;
	bookmark.modified = bookmark.added;
	status = change_add(upsert->handling, &bookmark);
	star->bookmark = bookmark.id;
	bookmark_finish(&bookmark);
	free(source);
	return status;
}

static void star_fill_in(char **field, const char *text)
{
	if (**field == '\0')
		bookmark_set(field, text);
}

static enum status join(const struct star_upsert *upsert, const struct remote_star *found,
	int64_t id, enum effect *effect)
{
	struct bookmark before, after;
	enum status status;

	bookmark_init(&before);
	bookmark_init(&after);
	status = bookmarks_of(upsert)->get(bookmarks_of(upsert), id, &before);
	if (status == STATUS_OK) {
		bookmark_copy(&after, &before);
		star_fill_in(&after.title, found->title);
		star_fill_in(&after.notes, found->notes);
		unite_tags(upsert, found, &after.tags);
		star_keep_earliest(upsert, found, &after);
		change_mark_back(&after);
		status = star_edit(upsert, &before, &after, effect);
	}
	bookmark_finish(&after);
	bookmark_finish(&before);
	return status;
}

/* A bookmark that another repository left behind is shared until that one turns up. */
static enum status share_or_join(const struct star_upsert *upsert, const struct remote_star *found,
	struct star *star, enum effect *effect)
{
	enum status status = star_has_aliases(upsert, star->repository, star->bookmark);

	if (status != STATUS_NOT_FOUND)
		return status;
	return join(upsert, found, star->bookmark, effect);
}

static enum status take_first(const struct star_upsert *upsert, const struct remote_star *found,
	struct star *star, enum effect *effect)
{
	enum status status;

	set_baseline(upsert, found, star);
	star->bookmark = 0;
	status = star_find_address(upsert, found->url, &star->bookmark);
	if (status == STATUS_NOT_FOUND) {
		*effect = ADDED;
		status = star_add(upsert, found, star);
	} else if (status == STATUS_OK) {
		status = share_or_join(upsert, found, star, effect);
	}
	if (status != STATUS_OK)
		return status;
	return ledger_of(upsert)->put_star(ledger_of(upsert), upsert->page->forge, star);
}

/* Follows, writes, and hands out bookmarks to those that shared the old address. */
static enum status star_merge_and_edit(const struct star_upsert *upsert,
	const struct remote_star *found, const struct bookmark *before, struct star *star,
	enum effect *effect)
{
	struct bookmark after;
	enum status status;
	bool moved;

	bookmark_init(&after);
	bookmark_copy(&after, before);
	status = star_merge_upstream(upsert, found, &after, star);
	moved = strcmp(before->url, after.url) != 0;
	if (status == STATUS_OK)
		status = star_edit(upsert, before, &after, effect);
	if (status == STATUS_OK && moved)
		status = star_part_from_aliases(upsert, before, star->repository);
	bookmark_finish(&after);
	return status;
}

static enum status take_again(const struct star_upsert *upsert, const struct remote_star *found,
	const struct bookmark *before, struct star *star, enum effect *effect)
{
	bool same = star_baseline_equal(upsert, found, star);
	enum status status = star_merge_and_edit(upsert, found, before, star, effect);

	if (status != STATUS_OK || same)
		return status;
	return ledger_of(upsert)->put_star(ledger_of(upsert), upsert->page->forge, star);
}

/* NOT_FOUND of a bookmark that undo un-made: it may come again. */
static enum status take_known(const struct star_upsert *upsert, const struct remote_star *found,
	struct star *star, enum effect *effect)
{
	struct bookmark before;
	enum status status;

	if (star->bookmark == 0)
		return STATUS_OK;
	bookmark_init(&before);
	status = bookmarks_of(upsert)->get(bookmarks_of(upsert), star->bookmark, &before);
	if (status == STATUS_OK && before.deleted == 0)
		status = take_again(upsert, found, &before, star, effect);
	bookmark_finish(&before);
	return status;
}

static enum status star_take(const struct star_upsert *upsert, const struct remote_star *found,
	enum effect *effect, bool *is_new)
{
	struct star star;
	enum status status;

	star_init(&star);
	status = ledger_of(upsert)->get_star(
		ledger_of(upsert), upsert->page->forge, found->repository, &star);
	if (status == STATUS_OK)
		status = take_known(upsert, found, &star, effect);
	if (status == STATUS_NOT_FOUND) {
		*is_new = true;
		status = take_first(upsert, found, &star, effect);
	}
	star_finish(&star);
	return status;
}

/* Keeps that this user stars it. A walk for what is new leaves alone what it knows. */
static enum status see(const struct star_upsert *upsert, const struct remote_star *found,
	bool *is_new, bool *already_seen)
{
	const struct star_page *page = upsert->page;
	struct star_sighting sighting = {.since = page->walk, .seen = page->walk};
	enum status status = ledger_of(upsert)->get_sighting(
		ledger_of(upsert), page->forge, page->user, found->repository, &sighting);
	bool known = status == STATUS_OK;

	if (!known && status != STATUS_NOT_FOUND)
		return status;
	*already_seen = known && sighting.seen >= page->walk;
	*is_new = *is_new || !known || sighting.since >= page->walk;
	if (*already_seen || (known && upsert->list->walk.kind == WALK_NEWEST))
		return STATUS_OK;
	sighting.seen = page->walk;
	return ledger_of(upsert)->put_sighting(
		ledger_of(upsert), page->forge, page->user, found->repository, &sighting);
}

static enum status star_upsert(const struct star_upsert *upsert, const struct remote_star *found)
{
	struct result *result = upsert->handling->result;
	enum effect effect = UNCHANGED;
	bool is_new = false, already_seen = false;
	enum status status = star_take(upsert, found, &effect, &is_new);

	if (status == STATUS_OK)
		status = see(upsert, found, &is_new, &already_seen);
	if (status != STATUS_OK)
		return status;
	result->new_stars += is_new;
	result->seen_stars += already_seen;
	result->counts.added += !already_seen && effect == ADDED;
	result->counts.updated += !already_seen && effect == UPDATED;
	result->counts.unchanged += !already_seen && effect == UNCHANGED;
	return STATUS_OK;
}

/* OK if the forge's repository has a bookmark here, or had one that the user deleted. */
static enum status star_is_known(const struct star_upsert *upsert, const struct remote_star *found)
{
	struct star star;
	enum status status;

	star_init(&star);
	status = ledger_of(upsert)->get_star(
		ledger_of(upsert), upsert->page->forge, found->repository, &star);
	star_finish(&star);
	return status;
}

static enum status take_those(const struct star_upsert *upsert, const bool *known, bool which)
{
	const struct star_page *page = upsert->page;
	enum status status = STATUS_OK;

	for (size_t i = 0; i < page->count && status == STATUS_OK; i++)
		if (known[i] == which)
			status = star_upsert(upsert, &page->stars[i]);
	return status;
}

/* Those that are known come first: a renamed one leaves its old name to the one that has it now. */
static enum status take_all(const struct star_upsert *upsert)
{
	const struct star_page *page = upsert->page;
	bool *known = memory_array(page->count, sizeof(*known));
	enum status status = STATUS_OK;

	for (size_t i = 0; i < page->count && status == STATUS_OK; i++) {
		status = star_is_known(upsert, &page->stars[i]);
		known[i] = status == STATUS_OK;
		if (status == STATUS_NOT_FOUND)
			status = STATUS_OK;
	}
	if (status == STATUS_OK)
		status = take_those(upsert, known, true);
	if (status == STATUS_OK)
		status = take_those(upsert, known, false);
	free(known);
	return status;
}

/* Another program may have ended this walk meanwhile, or begun the next: the cursor is its own. */
static enum status keep_cursor(
	struct handling *handling, const struct star_page *page, struct star_list *list)
{
	struct star_ledger *ledger = handling->stars;

	if (list->walk.number != page->walk || list->walk.kind == WALK_NONE)
		return STATUS_OK;
	snprintf(list->walk.cursor, sizeof(list->walk.cursor), "%s", page->cursor);
	if (handling->result->change)
		list->walk.change = handling->result->change;
	return ledger->put_list(ledger, page->forge, page->user, list);
}

enum status handle_take_in_stars(struct handling *handling, const struct command *command)
{
	const struct star_page *page = command->as.take_in_stars.page;
	struct star_ledger *ledger = handling->stars;
	struct star_list list = {0};
	struct star_upsert upsert = {handling, page, &list};
	char *subject = source_of(page);
	enum status status;

	handling->subject = subject;
	handling->rehearsal = page->dry_run;
	status = ledger->get_list(ledger, page->forge, page->user, &list);
	if (status == STATUS_OK || status == STATUS_NOT_FOUND)
		status = take_all(&upsert);
	if (status == STATUS_OK)
		status = keep_cursor(handling, page, &list);
	if (status == STATUS_OK && handling->result->change)
		event_queue_record(handling->events, STARS_TAKEN_IN, subject);
	handling->subject = NULL;
	free(subject);
	return status;
}
