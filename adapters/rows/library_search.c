#include "adapters/rows/library_search.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "adapters/rows/row_cache.h"
#include "adapters/sqlite/database.h"
#include "domain/base/memory.h"
#include "domain/bookmarks/tag_counts.h"

/* Rows that changed since the kept ones were read: more are not put beside them. */
#define FOLLOWED_MAX 20000

/* So many rows are read and shown at a time; of more, all of the cache is verified. */
#define PIECE 1000

static bool put_in_store(void *store, const struct bookmark *bookmark)
{
	row_store_put(store, bookmark);
	return true;
}

/* The rows that are searched, and of what they are true. */
struct library_search {
	struct library *library;
	struct row_store *store;
	struct search *search;
	char history[LIBRARY_HISTORY_SIZE]; /* of the library, in which the rows are true */
	int64_t last_event;                 /* up to this one */
	size_t followed;                    /* rows that were read again by events */
};

static void library_search_clear(struct library_search *self)
{
	search_free(self->search);
	row_store_free(self->store);
	*self = (struct library_search){.library = self->library};
}

static enum status read_again(
	struct library_search *self, const int64_t *ids, size_t count, struct error *error)
{
	struct catalogue *catalogue = self->library->catalogue;

	for (size_t i = 0; i < count; i++)
		row_store_remove(self->store, ids[i]);
	self->followed += count;
	return catalogue->each_of(catalogue, ids, count, put_in_store, self->store, error);
}

static enum status fill(struct library_search *self, enum cache_trust trust, struct error *error)
{
	struct cached_rows rows;
	enum status status = row_cache_read(self->library, trust, &rows, error);

	self->store = row_store_new();
	if (status == STATUS_OK) {
		row_store_replace(self->store, rows.segment);
		rows.segment = NULL;
	}
	if (status == STATUS_OK && rows.count)
		status = read_again(self, rows.changed, rows.count, error);
	self->followed = 0;
	cached_rows_finish(&rows);
	return status;
}

/* Where the rows would be true: this history of the library, and its latest event. */
static enum status read_state(struct library_search *self, char history[LIBRARY_HISTORY_SIZE],
	int64_t *last, struct error *error)
{
	struct catalogue *catalogue = self->library->catalogue;
	enum status status = library_history(self->library->database, history, error);

	return status == STATUS_OK ? catalogue->last_event(catalogue, last, error) : status;
}

/* Brings kept rows up to date; what cannot be is cleared. */
static enum status follow(
	struct library_search *self, const char *history, int64_t last, struct error *error)
{
	const size_t most = FOLLOWED_MAX - self->followed;
	bool same = strcmp(self->history, history) == 0 && last >= self->last_event;
	int64_t *changed = NULL;
	size_t count = 0;
	enum status status = STATUS_OK;

	if (same && last > self->last_event)
		status = row_cache_changed_since(
			self->library, self->last_event, most, &changed, &count, error);
	if (!same || count > most)
		library_search_clear(self);
	else if (status == STATUS_OK && count)
		status = read_again(self, changed, count, error);
	free(changed);
	return status;
}

/* Makes the rows what the library is now, those that were kept or others. */
static enum status bring_up_to_date(
	struct library_search *self, enum cache_trust trust, struct error *error)
{
	char history[LIBRARY_HISTORY_SIZE] = "";
	int64_t last = 0;
	enum status status = read_state(self, history, &last, error);

	if (status == STATUS_OK && self->store)
		status = follow(self, history, last, error);
	if (status == STATUS_OK && !self->store)
		status = fill(self, trust, error);
	snprintf(self->history, sizeof(self->history), "%s", history);
	self->last_event = last;
	return status;
}

static char *lent(const char *text)
{
	return (char *)(uintptr_t)text;
}

/* Who is shown what is found, until there is enough. */
struct visitor {
	bookmark_visit_fn visit;
	void *self;
	bool done;
};

static bool show(void *self, const struct bookmark *bookmark)
{
	struct visitor *visitor = self;

	visitor->done = !visitor->visit(visitor->self, bookmark);
	return !visitor->done;
}

static void show_row(const struct row *row, struct visitor *visitor)
{
	char *tags = memory_copy_string(row->tags);
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

	tag_set_lend(&bookmark.tags, tags);
	show(visitor, &bookmark);
	free(bookmark.tags.tags);
	free(tags);
}

/* The positions that are asked for: from first, below end. */
struct span {
	size_t first;
	size_t end;
};

static struct span span_of(const struct search *search, const struct search_options *options)
{
	size_t count = search_count(search);
	struct span span = {options->offset < count ? options->offset : count, count};

	if (options->limit && options->limit < count - span.first)
		span.end = span.first + options->limit;
	return span;
}

/* What is asked, and where what is to be shown of it is in the result. */
struct finding {
	const struct search_options *options;
	bool all; /* how many there are is asked for */
	struct span span;
};

/* Finds it, and reads every row that will be shown: once one was, it is too late to find damage. */
static bool find(struct library_search *self, void *context)
{
	struct finding *finding = context;
	const struct search_options *options = finding->options;
	const bool some =
		options->limit && options->limit < SIZE_MAX - options->offset && !finding->all;
	struct row row;

	if (!self->search)
		self->search = search_new(self->store);
	search_limit(self->search, some ? options->offset + options->limit : 0);
	search_start(self->search, options->query ? query_copy(options->query) : NULL,
		options->order, options->reverse);
	search_run(self->search, -1);
	finding->span = span_of(self->search, options);
	if (finding->span.end > finding->span.first + PIECE)
		row_store_verify(self->store);
	else
		for (size_t i = finding->span.first; i < finding->span.end; i++)
			search_row(self->search, i, &row);
	return !row_store_corrupt(self->store);
}

static bool verify(struct library_search *self, void *context)
{
	(void)context;
	return row_store_verify(self->store);
}

/*
 * Does something with the rows as they are in one state of the library, and once more, with rows
 * that were read anew, if it tells that they are damaged.
 */
static enum status do_with_rows(struct library_search *self,
	bool (*work)(struct library_search *self, void *context), void *context,
	struct error *error)
{
	struct database *database = self->library->database;
	enum status status = database_begin(database, false, error);

	if (status != STATUS_OK)
		return status;
	status = bring_up_to_date(self, CACHE_AS_IT_IS, error);
	if (status == STATUS_OK && !work(self, context)) {
		library_search_clear(self);
		status = bring_up_to_date(self, CACHE_CORRUPT, error);
		if (status == STATUS_OK)
			work(self, context);
	}
	database_rollback(database);
	if (status != STATUS_OK)
		library_search_clear(self);
	return status;
}

/* A piece of what was found. What is known of links stands in the library alone. */
static void show_piece(const struct library_search *self, struct span span, struct visitor *visitor)
{
	struct catalogue *catalogue = self->library->catalogue;
	int64_t *ids = memory_array(span.end - span.first, sizeof(*ids));
	bool checked = false;
	struct row row;

	for (size_t i = span.first; i < span.end; i++) {
		ids[i - span.first] = search_id(self->search, i);
		checked |= search_row(self->search, i, &row) && row.link != LINK_UNCHECKED;
	}
	if (checked)
		catalogue->each_of(catalogue, ids, span.end - span.first, show, visitor, NULL);
	for (size_t i = span.first; !checked && i < span.end && !visitor->done; i++)
		if (search_row(self->search, i, &row))
			show_row(&row, visitor);
	free(ids);
}

static void show_found(const struct library_search *self, struct span span, struct visitor *visitor)
{
	for (size_t i = span.first; i < span.end && !visitor->done; i += PIECE) {
		const size_t left = span.end - i;

		show_piece(self, (struct span){i, i + (left < PIECE ? left : PIECE)}, visitor);
	}
}

struct library_search *library_search_new(struct library *library)
{
	struct library_search *search = memory_new(sizeof(*search));

	search->library = library;
	return search;
}

void library_search_free(struct library_search *search)
{
	if (!search)
		return;
	library_search_clear(search);
	free(search);
}

enum status library_search_again(struct library_search *search,
	const struct search_options *options, bookmark_visit_fn visit, void *self, size_t *found,
	struct error *error)
{
	struct visitor visitor = {.visit = visit, .self = self};
	struct finding finding = {.options = options, .all = found != NULL};
	enum status status = do_with_rows(search, find, &finding, error);

	if (status == STATUS_OK && found)
		*found = search_count(search->search);
	if (status == STATUS_OK)
		show_found(search, finding.span, &visitor);
	return status;
}

enum status library_search_each_tag(
	struct library_search *search, tag_visit_fn visit, void *self, struct error *error)
{
	enum status status = do_with_rows(search, verify, NULL, error);
	struct tag_counts *counts;

	if (status != STATUS_OK)
		return status;
	counts = row_store_count_tags(search->store);
	tag_counts_each(counts, visit, self);
	tag_counts_free(counts);
	return STATUS_OK;
}

enum status library_search_visit(struct library *library, const struct search_options *options,
	bookmark_visit_fn visit, void *self, size_t *found, struct error *error)
{
	struct library_search search = {.library = library};
	enum status status = library_search_again(&search, options, visit, self, found, error);

	library_search_clear(&search);
	return status;
}
