#include "domain/stars/star_sharing.h"

#include <stdlib.h>

#include "domain/bookmarks/bookmark_source.h"

static enum status others(
	const struct star_intake *intake, int64_t bookmark, int64_t **repositories, size_t *count)
{
	struct star_ledger *ledger = intake->handling->stars;

	return ledger->sharing(ledger, intake->page->forge, bookmark, repositories, count);
}

enum status star_sharing_others(
	const struct star_intake *intake, int64_t repository, int64_t bookmark)
{
	int64_t *repositories = NULL;
	size_t count = 0;
	enum status status = others(intake, bookmark, &repositories, &count);

	if (status == STATUS_OK)
		status = STATUS_NOT_FOUND;
	for (size_t i = 0; i < count; i++)
		if (repositories[i] != repository)
			status = STATUS_OK;
	free(repositories);
	return status;
}

static int64_t date_of(const struct star_intake *intake, const struct star *star)
{
	return intake->page->timestamps && star->starred_at != NO_DATE ? star->starred_at
								       : intake->handling->now;
}

/* Made from what the forge said of it last. */
static enum status make_own(
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
	bookmark.added = bookmark.modified = date_of(intake, star);
	status = change_add(intake->handling, &bookmark);
	star->bookmark = bookmark.id;
	bookmark_finish(&bookmark);
	if (status == STATUS_DUPLICATE)
		return STATUS_OK;
	if (status != STATUS_OK)
		return status;
	return ledger->put_star(ledger, intake->page->forge, star);
}

static enum status part(
	const struct star_intake *intake, const struct bookmark *before, int64_t repository)
{
	struct star_ledger *ledger = intake->handling->stars;
	struct star star;
	enum status status;

	star_init(&star);
	status = ledger->get_star(ledger, intake->page->forge, repository, &star);
	if (status == STATUS_OK)
		status = make_own(intake, before, &star);
	star_finish(&star);
	return status;
}

enum status star_sharing_part(
	const struct star_intake *intake, const struct bookmark *before, int64_t repository)
{
	int64_t *repositories = NULL;
	size_t count = 0;
	enum status status = others(intake, before->id, &repositories, &count);

	for (size_t i = 0; i < count && status == STATUS_OK; i++)
		if (repositories[i] != repository)
			status = part(intake, before, repositories[i]);
	free(repositories);
	return status;
}
