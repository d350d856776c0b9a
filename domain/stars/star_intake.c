#include "domain/stars/star_intake.h"

#include <stdlib.h>
#include <string.h>

#include "domain/bookmarks/bookmark_source.h"
#include "domain/base/memory.h"
#include "domain/stars/star_follow.h"
#include "domain/stars/star_sharing.h"

enum effect { UNCHANGED, UPDATED, ADDED };

static struct repository *bookmarks_of(const struct star_intake *intake)
{
	return intake->handling->bookmarks;
}

static struct star_ledger *ledger_of(const struct star_intake *intake)
{
	return intake->handling->stars;
}

/* Writes what changed, if anything did. */
static enum status edit(const struct star_intake *intake, const struct bookmark *before,
	struct bookmark *after, enum effect *effect)
{
	if (bookmark_equal(before, after))
		return STATUS_OK;
	*effect = UPDATED;
	return change_edit(intake->handling, before, after);
}

static void unite_tags(
	const struct star_intake *intake, const struct found_star *found, struct tag_set *tags)
{
	if (intake->page->topics)
		tag_set_unite(tags, &found->tags);
	if (intake->page->tags)
		tag_set_unite(tags, intake->page->tags);
}

/* The baseline of a star that is taken in for the first time (again). */
static void set_baseline(
	const struct star_intake *intake, const struct found_star *found, struct star *star)
{
	star->repository = found->repository;
	star->starred_at = found->starred_at;
	bookmark_set(&star->title, found->title);
	bookmark_set(&star->url, found->url);
	bookmark_set(&star->notes, found->notes);
	tag_set_clear(&star->tags);
	tag_set_clear(&star->given);
	if (intake->page->topics)
		tag_set_copy(&star->tags, &found->tags);
	if (intake->page->tags)
		tag_set_copy(&star->given, intake->page->tags);
}

/* "github:octocat"; of "github@host" the part before the "@". */
static char *source_of(const struct star_page *page)
{
	return memory_print("%.*s:%s", (int)strcspn(page->forge, "@"), page->forge, page->user);
}

static enum status add(
	const struct star_intake *intake, const struct found_star *found, struct star *star)
{
	struct bookmark bookmark;
	enum status status;
	char *source = source_of(intake->page);

	bookmark_init(&bookmark);
	bookmark_set(&bookmark.url, found->url);
	bookmark_set(&bookmark.title, found->title);
	bookmark_set(&bookmark.notes, found->notes);
	bookmark_set(&bookmark.source, source);
	unite_tags(intake, found, &bookmark.tags);
	bookmark.added = star_has_date(intake, found) ? found->starred_at : intake->handling->now;
	bookmark.modified = bookmark.added;
	status = change_add(intake->handling, &bookmark);
	star->bookmark = bookmark.id;
	bookmark_finish(&bookmark);
	free(source);
	return status;
}

static void fill_in(char **field, const char *text)
{
	if (**field == '\0')
		bookmark_set(field, text);
}

static enum status join(const struct star_intake *intake, const struct found_star *found,
	int64_t id, enum effect *effect)
{
	struct bookmark before, after;
	enum status status;

	bookmark_init(&before);
	bookmark_init(&after);
	status = bookmarks_of(intake)->get(bookmarks_of(intake), id, &before);
	if (status == STATUS_OK) {
		bookmark_copy(&after, &before);
		fill_in(&after.title, found->title);
		fill_in(&after.notes, found->notes);
		unite_tags(intake, found, &after.tags);
		star_keep_earliest(intake, found, &after);
		after.unstarred = false;
		status = edit(intake, &before, &after, effect);
	}
	bookmark_finish(&after);
	bookmark_finish(&before);
	return status;
}

/* A bookmark that another repository left behind is shared until that one turns up. */
static enum status share_or_join(const struct star_intake *intake, const struct found_star *found,
	struct star *star, enum effect *effect)
{
	enum status status = star_sharing_others(intake, star->repository, star->bookmark);

	if (status != STATUS_NOT_FOUND)
		return status;
	return join(intake, found, star->bookmark, effect);
}

static enum status take_first(const struct star_intake *intake, const struct found_star *found,
	struct star *star, enum effect *effect)
{
	enum status status;

	set_baseline(intake, found, star);
	star->bookmark = 0;
	status = star_find_address(intake, found->url, &star->bookmark);
	if (status == STATUS_NOT_FOUND) {
		*effect = ADDED;
		status = add(intake, found, star);
	} else if (status == STATUS_OK) {
		status = share_or_join(intake, found, star, effect);
	}
	if (status != STATUS_OK)
		return status;
	return ledger_of(intake)->put_star(ledger_of(intake), intake->page->forge, star);
}

/* Follows, writes, and hands out bookmarks to those that shared the old address. */
static enum status follow_and_edit(const struct star_intake *intake, const struct found_star *found,
	const struct bookmark *before, struct star *star, enum effect *effect)
{
	struct bookmark after;
	enum status status;
	bool moved;

	bookmark_init(&after);
	bookmark_copy(&after, before);
	status = star_follow(intake, found, &after, star);
	moved = strcmp(before->url, after.url) != 0;
	if (status == STATUS_OK)
		status = edit(intake, before, &after, effect);
	if (status == STATUS_OK && moved)
		status = star_sharing_part(intake, before, star->repository);
	bookmark_finish(&after);
	return status;
}

static enum status take_again(const struct star_intake *intake, const struct found_star *found,
	const struct bookmark *before, struct star *star, enum effect *effect)
{
	bool same = star_baseline_equal(intake, found, star);
	enum status status = follow_and_edit(intake, found, before, star, effect);

	if (status != STATUS_OK || same)
		return status;
	return ledger_of(intake)->put_star(ledger_of(intake), intake->page->forge, star);
}

/* NOT_FOUND of a bookmark that undo un-made: it may come again. */
static enum status take_known(const struct star_intake *intake, const struct found_star *found,
	struct star *star, enum effect *effect)
{
	struct bookmark before;
	enum status status;

	if (star->bookmark == 0)
		return STATUS_OK;
	bookmark_init(&before);
	status = bookmarks_of(intake)->get(bookmarks_of(intake), star->bookmark, &before);
	if (status == STATUS_OK && before.deleted == 0)
		status = take_again(intake, found, &before, star, effect);
	bookmark_finish(&before);
	return status;
}

static enum status take(const struct star_intake *intake, const struct found_star *found,
	enum effect *effect, bool *fresh)
{
	struct star star;
	enum status status;

	star_init(&star);
	status = ledger_of(intake)->get_star(
		ledger_of(intake), intake->page->forge, found->repository, &star);
	if (status == STATUS_OK)
		status = take_known(intake, found, &star, effect);
	if (status == STATUS_NOT_FOUND) {
		*fresh = true;
		status = take_first(intake, found, &star, effect);
	}
	star_finish(&star);
	return status;
}

/* Keeps that this user stars it. A walk for what is new leaves alone what it knows. */
static enum status see(
	const struct star_intake *intake, const struct found_star *found, bool *fresh, bool *met)
{
	const struct star_page *page = intake->page;
	struct star_sighting sighting = {.since = page->walk, .seen = page->walk};
	enum status status = ledger_of(intake)->get_sighting(
		ledger_of(intake), page->forge, page->user, found->repository, &sighting);
	bool known = status == STATUS_OK;

	if (!known && status != STATUS_NOT_FOUND)
		return status;
	*met = known && sighting.seen >= page->walk;
	*fresh = *fresh || !known || sighting.since >= page->walk;
	if (*met || (known && intake->list->walk.kind == WALK_NEWEST))
		return STATUS_OK;
	sighting.seen = page->walk;
	return ledger_of(intake)->put_sighting(
		ledger_of(intake), page->forge, page->user, found->repository, &sighting);
}

enum status star_intake_take(const struct star_intake *intake, const struct found_star *found)
{
	struct result *result = intake->handling->result;
	enum effect effect = UNCHANGED;
	bool fresh = false, met = false;
	enum status status = take(intake, found, &effect, &fresh);

	if (status == STATUS_OK)
		status = see(intake, found, &fresh, &met);
	if (status != STATUS_OK)
		return status;
	result->fresh += fresh;
	result->met += met;
	result->added += !met && effect == ADDED;
	result->updated += !met && effect == UPDATED;
	result->unchanged += !met && effect == UNCHANGED;
	return STATUS_OK;
}

enum status star_intake_is_known(const struct star_intake *intake, const struct found_star *found)
{
	struct star star;
	enum status status;

	star_init(&star);
	status = ledger_of(intake)->get_star(
		ledger_of(intake), intake->page->forge, found->repository, &star);
	star_finish(&star);
	return status;
}
