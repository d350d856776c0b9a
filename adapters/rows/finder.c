#include "adapters/rows/finder.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "adapters/rows/block_cache.h"
#include "adapters/sqlite/database.h"
#include "domain/base/memory.h"

static bool put_on_shelf(void *shelf, const struct bookmark *bookmark)
{
	shelf_put(shelf, bookmark);
	return true;
}

/* What is searched, with the block that all of it may hang on. */
struct finder {
	struct shelf *shelf;
	struct row_block *block;
	struct search *search;
};

static void finder_finish(struct finder *finder)
{
	search_free(finder->search);
	shelf_free(finder->shelf);
	row_block_free(finder->block);
	*finder = (struct finder){0};
}

static enum status fill(
	struct finder *finder, struct library *library, enum cache_trust trust, struct error *error)
{
	struct cached_rows rows;
	enum status status = block_cache_read(library, trust, &rows, error);

	finder->shelf = shelf_new();
	if (status == STATUS_OK) {
		finder->block = row_block_share(rows.block);
		shelf_take_block(finder->shelf, row_block_share(rows.block));
		for (size_t i = 0; i < rows.count; i++)
			shelf_remove(finder->shelf, rows.changed[i]);
	}
	if (status == STATUS_OK && rows.count)
		status = library->catalogue->each_of(library->catalogue, rows.changed, rows.count,
			put_on_shelf, finder->shelf, error);
	cached_rows_finish(&rows);
	return status;
}

/* The block and what changed since are read in one state of the library. */
static enum status fill_at_once(
	struct finder *finder, struct library *library, enum cache_trust trust, struct error *error)
{
	enum status status = database_begin(library->database, false, error);

	if (status != STATUS_OK)
		return status;
	status = fill(finder, library, trust, error);
	database_rollback(library->database);
	return status;
}

/* The search takes a query of its own: what is printed is read as the same. */
static struct query *copy(const struct query *query)
{
	struct query_error failure;
	struct query *again;
	char *text;

	if (!query)
		return NULL;
	text = query_print(query);
	again = query_parse(text, &failure);
	free(text);
	return again;
}

/* Tags as a set over one copy of their list, for the length of a visit. */
struct lent_tags {
	char *list;
	struct tag_set set;
};

static void lent_tags_init(struct lent_tags *lent, const char *tags)
{
	char *at;

	*lent = (struct lent_tags){.list = memory_copy_string(tags)};
	at = *tags ? lent->list : NULL;
	while (at) {
		char *comma = strchr(at, ',');

		lent->set.tags = memory_grow(lent->set.tags, lent->set.count, &lent->set.capacity,
			sizeof(*lent->set.tags));
		lent->set.tags[lent->set.count++] = at;
		if (comma)
			*comma++ = '\0';
		at = comma;
	}
}

static void lent_tags_finish(struct lent_tags *lent)
{
	free(lent->set.tags);
	free(lent->list);
}

static char *lent(const char *text)
{
	return (char *)(uintptr_t)text;
}

static bool show(const struct row *row, bookmark_visit_fn visit, void *self)
{
	struct lent_tags tags;
	struct bookmark bookmark = {
		.id = row->id,
		.url = lent(row->url),
		.title = lent(row->title),
		.notes = lent(row->notes),
		.added = row->added,
		.modified = row->modified,
		.source = lent(row->source),
		.unstarred = row->unstarred,
	};
	bool more;

	lent_tags_init(&tags, row->tags);
	bookmark.tags = tags.set;
	more = visit(self, &bookmark);
	lent_tags_finish(&tags);
	return more;
}

/* The positions that are asked for: from first, below end. */
struct span {
	size_t first;
	size_t end;
};

static struct span span_of(const struct search *search, const struct finding *finding)
{
	size_t count = search_count(search);
	struct span span = {finding->offset < count ? finding->offset : count, count};

	if (finding->limit && finding->limit < count - span.first)
		span.end = span.first + finding->limit;
	return span;
}

/* Reads every row that will be shown: once one was, it is too late to find damage. */
static bool is_sound(const struct finder *finder, struct span span)
{
	for (size_t i = span.first; i < span.end; i++)
		search_id(finder->search, i);
	return !row_block_damaged(finder->block);
}

static void find(struct finder *finder, const struct finding *finding, bool count)
{
	finder->search = search_new(finder->shelf);
	if (finding->limit && finding->limit < SIZE_MAX - finding->offset && !count)
		search_limit(finder->search, finding->offset + finding->limit);
	search_start(finder->search, copy(finding->query), finding->order, finding->reverse);
	search_run(finder->search, -1);
}

static void show_all(
	const struct finder *finder, struct span span, bookmark_visit_fn visit, void *self)
{
	/* Few rows stand far apart in the block, each with megabytes around it; many are
	 * neighbours. */
	const size_t in_memory = 16 + (span.end - span.first) / 256;
	struct row row;

	for (size_t i = span.first; i < span.end; i++) {
		if (search_row(finder->search, i, &row) && !show(&row, visit, self))
			return;
		if (i % in_memory == in_memory - 1)
			row_block_give_back(finder->block);
	}
}

enum status finder_visit(struct library *library, const struct finding *finding,
	bookmark_visit_fn visit, void *self, size_t *found, struct error *error)
{
	static const enum cache_trust tries[] = {CACHE_AS_IT_IS, CACHE_DAMAGED};
	struct finder finder = {0};
	struct span span = {0};
	enum status status = STATUS_OK;
	bool sound = false;

	for (size_t i = 0; i < 2 && status == STATUS_OK && !sound; i++) {
		finder_finish(&finder);
		status = fill_at_once(&finder, library, tries[i], error);
		if (status == STATUS_OK) {
			find(&finder, finding, found != NULL);
			span = span_of(finder.search, finding);
			sound = is_sound(&finder, span);
		}
	}
	if (status == STATUS_OK && found)
		*found = search_count(finder.search);
	if (status == STATUS_OK)
		show_all(&finder, span, visit, self);
	finder_finish(&finder);
	return status;
}
