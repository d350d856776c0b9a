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

/* So many bookmarks are fetched from the library one by one. */
#define FETCHED_MAX 1000

static bool put_in_store(void *store, const struct bookmark *bookmark)
{
	row_store_put(store, bookmark);
	return true;
}

/* What is searched, with the segment that all of it may hang on. */
struct library_search {
	struct library *library;
	struct row_store *store;
	struct row_segment *segment;
	struct search *search;
	char history[LIBRARY_HISTORY_SIZE]; /* of the library, in which the rows are true */
	int64_t last_event;                 /* up to this one */
	size_t followed;                    /* rows that were read again by events */
};

static void library_search_clear(struct library_search *self)
{
	search_free(self->search);
	row_store_free(self->store);
	row_segment_free(self->segment);
	*self = (struct library_search){.library = self->library};
}

static enum status fill(struct library_search *self, enum cache_trust trust, struct error *error)
{
	struct library *library = self->library;
	struct cached_rows rows;
	enum status status = row_cache_read(library, trust, &rows, error);

	self->store = row_store_new();
	if (status == STATUS_OK) {
		self->segment = row_segment_share(rows.segment);
		row_store_replace(self->store, row_segment_share(rows.segment));
		for (size_t i = 0; i < rows.count; i++)
			row_store_remove(self->store, rows.changed[i]);
	}
	if (status == STATUS_OK && rows.count)
		status = library->catalogue->each_of(library->catalogue, rows.changed, rows.count,
			put_in_store, self->store, error);
	cached_rows_finish(&rows);
	return status;
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
	char history[LIBRARY_HISTORY_SIZE];
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

static struct span span_of(const struct search *search, const struct search_options *options)
{
	size_t count = search_count(search);
	struct span span = {options->offset < count ? options->offset : count, count};

	if (options->limit && options->limit < count - span.first)
		span.end = span.first + options->limit;
	return span;
}

/* Reads every row that will be shown: once one was, it is too late to find damage. */
static bool is_sound(const struct library_search *self, struct span span)
{
	if (span.end > span.first && span.end - span.first > FETCHED_MAX)
		row_segment_open_all(self->segment);
	else
		for (size_t i = span.first; i < span.end; i++)
			search_id(self->search, i);
	return !row_segment_corrupt(self->segment);
}

static void find(struct library_search *self, const struct search_options *options, bool count)
{
	bool some = options->limit && options->limit < SIZE_MAX - options->offset && !count;

	if (!self->search)
		self->search = search_new(self->store);
	search_limit(self->search, some ? options->offset + options->limit : 0);
	search_start(self->search, copy(options->query), options->order, options->reverse);
	search_run(self->search, -1);
}

/* Bookmarks that are shown only after the transaction in which they were read. */
struct fetched {
	struct bookmark *bookmarks;
	size_t count;
};

static bool take_bookmark(void *self, const struct bookmark *bookmark)
{
	struct fetched *fetched = self;

	bookmark_init(&fetched->bookmarks[fetched->count]);
	bookmark_copy(&fetched->bookmarks[fetched->count++], bookmark);
	return true;
}

/* A few are read from the library: that is less than to verify all texts of the cache. */
static enum status fetch(struct library *library, const struct library_search *self,
	struct span span, struct fetched *fetched, struct error *error)
{
	int64_t *ids = memory_array(span.end - span.first, sizeof(*ids));
	enum status status;

	for (size_t i = span.first; i < span.end; i++)
		ids[i - span.first] = search_id(self->search, i);
	fetched->bookmarks = memory_array(span.end - span.first, sizeof(*fetched->bookmarks));
	status = library->catalogue->each_of(
		library->catalogue, ids, span.end - span.first, take_bookmark, fetched, error);
	free(ids);
	return status;
}

static void fetched_clear(struct fetched *fetched)
{
	for (size_t i = 0; i < fetched->count; i++)
		bookmark_finish(&fetched->bookmarks[i]);
	free(fetched->bookmarks);
}

/* What is known of a link stands in the library alone. */
static bool show_from_library(
	struct library *library, int64_t id, bookmark_visit_fn visit, void *visitor)
{
	struct fetched fetched = {.bookmarks = memory_array(1, sizeof(struct bookmark))};
	bool more = true;

	if (library->catalogue->each_of(
		    library->catalogue, &id, 1, take_bookmark, &fetched, NULL) == STATUS_OK &&
		fetched.count)
		more = visit(visitor, &fetched.bookmarks[0]);
	fetched_clear(&fetched);
	return more;
}

static void show_rows(const struct library_search *self, struct library *library, struct span span,
	bookmark_visit_fn visit, void *visitor)
{
	struct row row;
	bool more = true;

	for (size_t i = span.first; i < span.end && more; i++) {
		if (!search_row(self->search, i, &row))
			continue;
		more = row.link == LINK_UNCHECKED
			       ? show(&row, visit, visitor)
			       : show_from_library(library, row.id, visit, visitor);
	}
}

static void show_fetched(const struct fetched *fetched, bookmark_visit_fn visit, void *visitor)
{
	for (size_t i = 0; i < fetched->count; i++)
		if (!visit(visitor, &fetched->bookmarks[i]))
			return;
}

/* What is found in one state of the library, and, where they are few, the bookmarks themselves. */
static enum status find_at_once(struct library_search *self, const struct search_options *options,
	bool count, struct span *span, struct fetched *fetched, struct error *error)
{
	struct library *library = self->library;
	static const enum cache_trust tries[] = {CACHE_AS_IT_IS, CACHE_CORRUPT};
	enum status status = database_begin(library->database, false, error);
	bool sound = false;

	if (status != STATUS_OK)
		return status;
	for (size_t i = 0; i < 2 && status == STATUS_OK && !sound; i++) {
		if (i > 0)
			library_search_clear(self);
		status = bring_up_to_date(self, tries[i], error);
		if (status != STATUS_OK)
			break;
		find(self, options, count);
		*span = span_of(self->search, options);
		sound = is_sound(self, *span);
	}
	if (status == STATUS_OK && span->end > span->first &&
		span->end - span->first <= FETCHED_MAX)
		status = fetch(library, self, *span, fetched, error);
	database_rollback(library->database);
	if (status != STATUS_OK)
		library_search_clear(self);
	return status;
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
	struct fetched fetched = {0};
	struct span span = {0};
	enum status status = find_at_once(search, options, found != NULL, &span, &fetched, error);

	if (status == STATUS_OK && found)
		*found = search_count(search->search);
	if (status == STATUS_OK && fetched.bookmarks)
		show_fetched(&fetched, visit, self);
	else if (status == STATUS_OK)
		show_rows(search, search->library, span, visit, self);
	fetched_clear(&fetched);
	return status;
}

enum status library_search_each_tag(
	struct library_search *search, tag_visit_fn visit, void *self, struct error *error)
{
	struct database *database = search->library->database;
	enum status status = database_begin(database, false, error);

	if (status == STATUS_OK) {
		status = bring_up_to_date(search, CACHE_AS_IT_IS, error);
		if (status == STATUS_OK && !row_segment_open_all(search->segment)) {
			library_search_clear(search);
			status = bring_up_to_date(search, CACHE_CORRUPT, error);
		}
		database_rollback(database);
	}
	if (status == STATUS_OK) {
		struct tag_counts *counts = row_store_count_tags(search->store);

		tag_counts_each(counts, visit, self);
		tag_counts_free(counts);
	} else {
		library_search_clear(search);
	}
	return status;
}

enum status library_search_visit(struct library *library, const struct search_options *options,
	bookmark_visit_fn visit, void *self, size_t *found, struct error *error)
{
	struct library_search search = {.library = library};
	enum status status = library_search_again(&search, options, visit, self, found, error);

	library_search_clear(&search);
	return status;
}
