#include "domain/stars/star_intake.h"

#include <stdlib.h>
#include <string.h>

#include "domain/base/memory.h"
#include "domain/bookmarks/bookmark_source.h"
#include "domain/bookmarks/url.h"

/* The bookmark in use that has an address, by its normal form; NOT_FOUND. */
static enum status star_find_address(const struct star_intake *intake, const char *url, int64_t *id)
{
	struct repository *bookmarks = intake->handling->bookmarks;
	char *normal = NULL;
	enum status status = url_normal_form(url, &normal, &intake->handling->result->error);

	if (status == STATUS_OK)
		status = bookmarks->find(bookmarks, normal, id);
	free(normal);
	return status;
}

static bool star_has_date(const struct star_intake *intake, const struct remote_star *found)
{
	return intake->page->timestamps && found->starred_at != NO_DATE;
}

static void star_keep_earliest(const struct star_intake *intake, const struct remote_star *found,
	struct bookmark *bookmark)
{
	if (star_has_date(intake, found) && found->starred_at < bookmark->added)
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
	const struct star_intake *intake, const struct remote_star *found, const struct star *star)
{
	return strcmp(star->title, found->title) == 0 && strcmp(star->url, found->url) == 0 &&
	       strcmp(star->notes, found->notes) == 0 &&
	       (!intake->page->topics || tag_set_equal(&star->tags, &found->tags)) &&
	       (!intake->page->tags || tag_set_has_all(&star->given, intake->page->tags));
}

static void follow_text(char **field, char **baseline, const char *found)
{
	if (strcmp(*field, *baseline) == 0)
		bookmark_set(field, found);
	bookmark_set(baseline, found);
}

/* A new address that another bookmark has is left for the day when it is free. */
static enum status follow_url(const struct star_intake *intake, const struct remote_star *found,
	struct bookmark *bookmark, struct star *star)
{
	int64_t holder = 0;
	enum status status;

	if (strcmp(found->url, star->url) == 0)
		return STATUS_OK;
	status = star_find_address(intake, found->url, &holder);
	if (status == STATUS_NOT_FOUND || (status == STATUS_OK && holder == bookmark->id)) {
		follow_text(&bookmark->url, &star->url, found->url);
		return STATUS_OK;
	}
	return status;
}

/* Tags the forge has dropped go, its new ones come; what the user made of the others stays. */
static void follow_tags(
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
static enum status star_follow(const struct star_intake *intake, const struct remote_star *found,
	struct bookmark *bookmark, struct star *star)
{
	enum status status = follow_url(intake, found, bookmark, star);

	follow_text(&bookmark->title, &star->title, found->title);
	follow_text(&bookmark->notes, &star->notes, found->notes);
	if (intake->page->topics)
		follow_tags(found, bookmark, star);
	if (intake->page->tags)
		give_tags(intake->page->tags, bookmark, star);
	star_keep_earliest(intake, found, bookmark);
	bookmark->unstarred = false;
	return status;
}

/*
 * Two repositories at one bookmark: one was renamed, and its old name given to another, which
 * turned up before the first did under its new name. Until then both are known by the bookmark,
 * which stays as it is; when the first has moved away with it, the other gets one of its own.
 */

static enum status sharing_repositories(
	const struct star_intake *intake, int64_t bookmark, int64_t **repositories, size_t *count)
{
	struct star_ledger *ledger = intake->handling->stars;

	return ledger->sharing(ledger, intake->page->forge, bookmark, repositories, count);
}

/* OK if a repository other than this one has the bookmark; NOT_FOUND. */
static enum status star_sharing_others(
	const struct star_intake *intake, int64_t repository, int64_t bookmark)
{
	int64_t *repositories = NULL;
	size_t count = 0;
	enum status status = sharing_repositories(intake, bookmark, &repositories, &count);

	if (status == STATUS_OK)
		status = STATUS_NOT_FOUND;
	for (size_t i = 0; i < count; i++)
		if (repositories[i] != repository)
			status = STATUS_OK;
	free(repositories);
	return status;
}

static int64_t sharing_date(const struct star_intake *intake, const struct star *star)
{
	return intake->page->timestamps && star->starred_at != NO_DATE ? star->starred_at
								       : intake->handling->now;
}

/* Made from what the forge said of it last. */
static enum status sharing_make_own(
	const struct star_intake *intake, const struct bookmark *before, struct star *star)
{
	struct star_ledger *ledger = intake->handling->stars;
	struct bookmark bookmark;
	enum status status;

	bookmark_init(&bookmark);
	bookmark_set(&bookmark.url, star->url);
	bookmark_set(&bookmark.title, star->title);
	bookmark_set(&bookmark.notes, star->notes);
	bookmark_set(&bookmark.source, before->source);
	tag_set_copy(&bookmark.tags, &star->tags);
	tag_set_unite(&bookmark.tags, &star->given);
	bookmark.added = bookmark.modified = sharing_date(intake, star);
	status = change_add(intake->handling, &bookmark);
	star->bookmark = bookmark.id;
	bookmark_finish(&bookmark);
	if (status == STATUS_DUPLICATE)
		return STATUS_OK;
	if (status != STATUS_OK)
		return status;
	return ledger->put_star(ledger, intake->page->forge, star);
}

static enum status sharing_part(
	const struct star_intake *intake, const struct bookmark *before, int64_t repository)
{
	struct star_ledger *ledger = intake->handling->stars;
	struct star star;
	enum status status;

	star_init(&star);
	status = ledger->get_star(ledger, intake->page->forge, repository, &star);
	if (status == STATUS_OK)
		status = sharing_make_own(intake, before, &star);
	star_finish(&star);
	return status;
}

/* Makes bookmarks for those that shared before's address with this repository, which has moved. */
static enum status star_sharing_part(
	const struct star_intake *intake, const struct bookmark *before, int64_t repository)
{
	int64_t *repositories = NULL;
	size_t count = 0;
	enum status status = sharing_repositories(intake, before->id, &repositories, &count);

	for (size_t i = 0; i < count && status == STATUS_OK; i++)
		if (repositories[i] != repository)
			status = sharing_part(intake, before, repositories[i]);
	free(repositories);
	return status;
}

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
static enum status star_edit(const struct star_intake *intake, const struct bookmark *before,
	struct bookmark *after, enum effect *effect)
{
	if (bookmark_equal(before, after))
		return STATUS_OK;
	*effect = UPDATED;
	return change_edit(intake->handling, before, after);
}

static void unite_tags(
	const struct star_intake *intake, const struct remote_star *found, struct tag_set *tags)
{
	if (intake->page->topics)
		tag_set_unite(tags, &found->tags);
	if (intake->page->tags)
		tag_set_unite(tags, intake->page->tags);
}

/* The baseline of a star that is taken in for the first time (again). */
static void set_baseline(
	const struct star_intake *intake, const struct remote_star *found, struct star *star)
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

static enum status star_add(
	const struct star_intake *intake, const struct remote_star *found, struct star *star)
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

static enum status join(const struct star_intake *intake, const struct remote_star *found,
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
		status = star_edit(intake, &before, &after, effect);
	}
	bookmark_finish(&after);
	bookmark_finish(&before);
	return status;
}

/* A bookmark that another repository left behind is shared until that one turns up. */
static enum status share_or_join(const struct star_intake *intake, const struct remote_star *found,
	struct star *star, enum effect *effect)
{
	enum status status = star_sharing_others(intake, star->repository, star->bookmark);

	if (status != STATUS_NOT_FOUND)
		return status;
	return join(intake, found, star->bookmark, effect);
}

static enum status take_first(const struct star_intake *intake, const struct remote_star *found,
	struct star *star, enum effect *effect)
{
	enum status status;

	set_baseline(intake, found, star);
	star->bookmark = 0;
	status = star_find_address(intake, found->url, &star->bookmark);
	if (status == STATUS_NOT_FOUND) {
		*effect = ADDED;
		status = star_add(intake, found, star);
	} else if (status == STATUS_OK) {
		status = share_or_join(intake, found, star, effect);
	}
	if (status != STATUS_OK)
		return status;
	return ledger_of(intake)->put_star(ledger_of(intake), intake->page->forge, star);
}

/* Follows, writes, and hands out bookmarks to those that shared the old address. */
static enum status follow_and_edit(const struct star_intake *intake,
	const struct remote_star *found, const struct bookmark *before, struct star *star,
	enum effect *effect)
{
	struct bookmark after;
	enum status status;
	bool moved;

	bookmark_init(&after);
	bookmark_copy(&after, before);
	status = star_follow(intake, found, &after, star);
	moved = strcmp(before->url, after.url) != 0;
	if (status == STATUS_OK)
		status = star_edit(intake, before, &after, effect);
	if (status == STATUS_OK && moved)
		status = star_sharing_part(intake, before, star->repository);
	bookmark_finish(&after);
	return status;
}

static enum status take_again(const struct star_intake *intake, const struct remote_star *found,
	const struct bookmark *before, struct star *star, enum effect *effect)
{
	bool same = star_baseline_equal(intake, found, star);
	enum status status = follow_and_edit(intake, found, before, star, effect);

	if (status != STATUS_OK || same)
		return status;
	return ledger_of(intake)->put_star(ledger_of(intake), intake->page->forge, star);
}

/* NOT_FOUND of a bookmark that undo un-made: it may come again. */
static enum status take_known(const struct star_intake *intake, const struct remote_star *found,
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

static enum status star_take(const struct star_intake *intake, const struct remote_star *found,
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
	const struct star_intake *intake, const struct remote_star *found, bool *fresh, bool *met)
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

enum status star_intake_take(const struct star_intake *intake, const struct remote_star *found)
{
	struct result *result = intake->handling->result;
	enum effect effect = UNCHANGED;
	bool fresh = false, met = false;
	enum status status = star_take(intake, found, &effect, &fresh);

	if (status == STATUS_OK)
		status = see(intake, found, &fresh, &met);
	if (status != STATUS_OK)
		return status;
	result->fresh += fresh;
	result->met += met;
	result->counts.added += !met && effect == ADDED;
	result->counts.updated += !met && effect == UPDATED;
	result->counts.unchanged += !met && effect == UNCHANGED;
	return STATUS_OK;
}

enum status star_intake_is_known(const struct star_intake *intake, const struct remote_star *found)
{
	struct star star;
	enum status status;

	star_init(&star);
	status = ledger_of(intake)->get_star(
		ledger_of(intake), intake->page->forge, found->repository, &star);
	star_finish(&star);
	return status;
}
