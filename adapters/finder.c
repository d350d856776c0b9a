#include "adapters/finder.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "adapters/block_cache.h"
#include "adapters/database.h"
#include "domain/memory.h"

static bool put_on_shelf(void *shelf, const struct bookmark *bookmark)
{
	shelf_put(shelf, bookmark);
	return true;
}

static enum status fill(struct shelf *shelf, struct library *library, struct reason *reason)
{
	struct cached_rows rows;
	enum status status = block_cache_read(library, &rows, reason);

	if (status == STATUS_OK) {
		shelf_take_block(shelf, row_block_share(rows.block));
		for (size_t i = 0; i < rows.count; i++)
			shelf_remove(shelf, rows.changed[i]);
	}
	if (status == STATUS_OK && rows.count)
		status = library->catalogue->each_of(
			library->catalogue, rows.changed, rows.count, put_on_shelf, shelf, reason);
	cached_rows_finish(&rows);
	return status;
}

/* The block and what changed since are read in one state of the library. */
static enum status fill_at_once(struct shelf *shelf, struct library *library, struct reason *reason)
{
	enum status status = database_begin(library->database, false, reason);

	if (status != STATUS_OK)
		return status;
	status = fill(shelf, library, reason);
	database_rollback(library->database);
	return status;
}

/* The search takes a query of its own: what is printed is read as the same. */
static struct query *copy(const struct query *query)
{
	struct query_error error;
	struct query *again;
	char *text;

	if (!query)
		return NULL;
	text = query_print(query);
	again = query_parse(text, &error);
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

static void show_all(
	struct search *search, const struct finding *finding, bookmark_visit_fn visit, void *self)
{
	size_t count = search_count(search);
	size_t end = count;
	struct row row;

	if (finding->limit && finding->offset < count && finding->limit < count - finding->offset)
		end = finding->offset + finding->limit;
	for (size_t i = finding->offset; i < end; i++)
		if (search_row(search, i, &row) && !show(&row, visit, self))
			return;
}

enum status finder_visit(struct library *library, const struct finding *finding,
	bookmark_visit_fn visit, void *self, size_t *found, struct reason *reason)
{
	struct shelf *shelf = shelf_new();
	enum status status = fill_at_once(shelf, library, reason);
	struct search *search = NULL;

	if (status == STATUS_OK) {
		search = search_new(shelf);
		search_start(search, copy(finding->query), finding->order, finding->reverse);
		search_run(search, -1);
		if (found)
			*found = search_count(search);
		show_all(search, finding, visit, self);
	}
	search_free(search);
	shelf_free(shelf);
	return status;
}
