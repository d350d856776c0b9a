#include "domain/stars/star_follow.h"

#include <stdlib.h>
#include <string.h>

#include "domain/bookmarks/bookmark_source.h"
#include "domain/bookmarks/url.h"

enum status star_find_address(const struct star_intake *intake, const char *url, int64_t *id)
{
	struct repository *bookmarks = intake->handling->bookmarks;
	char *normal = NULL;
	enum status status = url_normal_form(url, &normal, &intake->handling->result->error);

	if (status == STATUS_OK)
		status = bookmarks->find(bookmarks, normal, id);
	free(normal);
	return status;
}

bool star_has_date(const struct star_intake *intake, const struct found_star *found)
{
	return intake->page->timestamps && found->starred_at != NO_DATE;
}

void star_keep_earliest(
	const struct star_intake *intake, const struct found_star *found, struct bookmark *bookmark)
{
	if (star_has_date(intake, found) && found->starred_at < bookmark->added)
		bookmark->added = found->starred_at;
}

static bool has_all(const struct tag_set *set, const struct tag_set *tags)
{
	for (size_t i = 0; i < tags->count; i++)
		if (!tag_set_has(set, tags->tags[i]))
			return false;
	return true;
}

bool star_baseline_equal(
	const struct star_intake *intake, const struct found_star *found, const struct star *star)
{
	return strcmp(star->title, found->title) == 0 && strcmp(star->url, found->url) == 0 &&
	       strcmp(star->notes, found->notes) == 0 &&
	       (!intake->page->topics || tag_set_equal(&star->tags, &found->tags)) &&
	       (!intake->page->tags || has_all(&star->given, intake->page->tags));
}

static void follow_text(char **field, char **baseline, const char *found)
{
	if (strcmp(*field, *baseline) == 0)
		bookmark_set(field, found);
	bookmark_set(baseline, found);
}

/* A new address that another bookmark has is left for the day when it is free. */
static enum status follow_url(const struct star_intake *intake, const struct found_star *found,
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
	const struct found_star *found, struct bookmark *bookmark, struct star *star)
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

enum status star_follow(const struct star_intake *intake, const struct found_star *found,
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
