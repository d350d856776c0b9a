#include "domain/search/search.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "domain/base/memory.h"
#include "domain/base/sort.h"
#include "domain/search/bits.h"
#include "domain/search/duplicates.h"
#include "domain/search/match.h"
#include "domain/search/row_snapshot.h"
#include "domain/search/row_sorter.h"

/* What is asked. Shared by counting: the work on it, its result and the same asked again. */
struct search_request {
	size_t holders;
	struct query *query; /* NULL asks for everything */
	enum row_order order;
	bool reverse;
};

/* A list of rows that grows. */
struct row_list {
	row_id *rows;
	size_t count;
	size_t capacity;
};

/* Rows of a snapshot at one time, in their order (backwards where the request is reversed). */
struct search_result {
	struct search_request *request;
	struct row_snapshot *snapshot;
	uint64_t version;     /* of the store */
	struct row_list list; /* of a partial result only the first ones */
	bool complete;        /* all of them */
	uint64_t *
		matches; /* of the base, as a set, also where less is listed; NULL: not known yet */
};

/*
 * A result that is being made. The rows of the delta, which come in no order, are asked first; then
 * the titles of the base, newest first, if those who have all words there come before the rest;
 * then all else of it. So what is found for the best rank is in its place at once, and what is
 * found for the next one as soon as all titles were asked: the first rows are published then.
 */
struct search_work {
	struct search_request *request;
	struct match *match; /* NULL: everything matches */
	struct row_snapshot *snapshot;
	uint64_t version;
	uint64_t *narrowed; /* rows of the base outside it need not be asked; NULL: all are */
	uint64_t *found;    /* of the base, as a set */
	struct row_list base[RANKS];
	struct row_list delta[RANKS]; /* newest first */
	bool delta_asked;
	size_t titles;                 /* the titles of rows of the base below it have been asked */
	size_t others;                 /* rows of the base below it have been asked for all else */
	struct duplicates *duplicates; /* NULL unless they are asked for; before anything else */
	bool duplicates_known;
	struct row_sorter *sorter; /* once all rows are found, if they are to be sorted */
	struct row_list sorted;
	size_t limit;      /* so many are enough; 0: all are wanted */
	size_t first_rows; /* so many are published as soon as they are sure; 0: no more */
};

struct search {
	struct row_store *store;
	struct search_result current;
	struct search_work work;
	bool running;
	uint64_t generation;
	size_t limit;
};

/* Takes the query. */
static struct search_request *search_request_new(
	struct query *query, enum row_order order, bool reverse)
{
	struct search_request *request = memory_new(sizeof(*request));

	request->holders = 1;
	request->query = query;
	request->order = order;
	request->reverse = reverse;
	return request;
}

static void search_request_free(struct search_request *request)
{
	if (!request || --request->holders > 0)
		return;
	query_free(request->query);
	free(request);
}

static bool request_is_sorted(const struct search_request *request)
{
	return request->order != NEWEST_FIRST && request->order != BEST_FIRST;
}

static void search_result_clear(struct search_result *result)
{
	free(result->list.rows);
	free(result->matches);
	row_snapshot_free(result->snapshot);
	search_request_free(result->request);
	*result = (struct search_result){0};
}

static void work_clear(struct search_work *work)
{
	row_sorter_free(work->sorter);
	duplicates_free(work->duplicates);
	for (size_t i = 0; i < RANKS; i++) {
		free(work->base[i].rows);
		free(work->delta[i].rows);
	}
	free(work->sorted.rows);
	free(work->narrowed);
	free(work->found);
	match_free(work->match);
	row_snapshot_free(work->snapshot);
	search_request_free(work->request);
	*work = (struct search_work){0};
}

static struct match_run run_of(const struct search_work *work, enum row_part part, size_t first)
{
	const struct row_table *table = row_snapshot_table(work->snapshot, part);
	const size_t left = table->count - first;

	return (struct match_run){
		.segment = work->snapshot->segments[part],
		.table = table,
		.duplicates = duplicates_found(work->duplicates, part),
		.first = first,
		.count = left < MATCH_RUN ? left : MATCH_RUN,
	};
}

/* The rows of a run that live. */
static void fill_live(const struct search_work *work, enum row_part part,
	const struct match_run *run, uint64_t *bits)
{
	const uint64_t *tombstones = work->snapshot->tombstones[part];

	bits_fill(bits, run->count);
	if (tombstones)
		bits_subtract(bits, tombstones + run->first / 64, BITS_WORDS(run->count));
}

static void filter(const struct search_work *work, const struct match_run *run,
	enum match_rank rank, uint64_t *bits)
{
	if (work->match)
		match_filter(work->match, run, rank, bits);
}

static void row_list_reserve(struct row_list *list, size_t more)
{
	if (list->capacity - list->count >= more)
		return;
	list->capacity = list->count + more + list->count / 2;
	list->rows = memory_resize(list->rows, list->capacity, sizeof(*list->rows));
}

/* Adds rows of a run, of which first is the first one. */
static void row_list_add(struct row_list *list, row_id first, const uint64_t *bits, size_t count)
{
	row_list_reserve(list, bits_count(bits, BITS_WORDS(count)));
	for (size_t i = bits_next(bits, 0, count); i < count; i = bits_next(bits, i + 1, count))
		list->rows[list->count++] = first + (row_id)i;
}

/* The best rank that a row can have here. */
static enum match_rank best_rank(const struct search_work *work)
{
	const bool ranked =
		work->request->order == BEST_FIRST && work->match && match_has_ranks(work->match);

	return ranked ? RANK_TITLE : RANK_REST;
}

static int compare_rows(const void *a, const void *b, void *snapshot)
{
	return row_snapshot_compare(snapshot, *(const row_id *)a, *(const row_id *)b);
}

/* Puts each row of a run that matches into the list of its rank, from one rank on. */
static void list_ranks(struct search_work *work, const struct match_run *run, enum match_rank rank,
	const uint64_t *matching, struct row_list *lists, row_id first)
{
	uint64_t left[MATCH_RUN / 64], bits[MATCH_RUN / 64];
	const size_t words = BITS_WORDS(run->count);

	memcpy(left, matching, words * sizeof(*left));
	for (; rank < RANKS && bits_any(left, words); rank++) {
		memcpy(bits, left, words * sizeof(*bits));
		if (rank < RANK_REST)
			filter(work, run, rank, bits);
		bits_subtract(left, bits, words);
		row_list_add(&lists[rank], first, bits, run->count);
	}
}

static void ask_delta_run(struct search_work *work, const struct match_run *run)
{
	uint64_t bits[MATCH_RUN / 64];

	fill_live(work, PART_DELTA, run, bits);
	filter(work, run, RANK_REST, bits);
	list_ranks(
		work, run, best_rank(work), bits, work->delta, (row_id)run->first | ROW_IN_DELTA);
}

static void ask_delta(struct search_work *work)
{
	const size_t count = row_snapshot_table(work->snapshot, PART_DELTA)->count;

	for (size_t first = 0; first < count; first += MATCH_RUN) {
		const struct match_run run = run_of(work, PART_DELTA, first);

		ask_delta_run(work, &run);
	}
	for (size_t i = 0; i < RANKS; i++)
		if (work->delta[i].count)
			sort_with(work->delta[i].rows, work->delta[i].count, sizeof(row_id),
				compare_rows, work->snapshot);
}

static size_t base_rows(const struct search_work *work)
{
	return row_snapshot_table(work->snapshot, PART_BASE)->count;
}

/* The rows of a run of the base that may match and are not found yet. */
static void fill_open(const struct search_work *work, const struct match_run *run, uint64_t *bits)
{
	fill_live(work, PART_BASE, run, bits);
	bits_subtract(bits, work->found + run->first / 64, BITS_WORDS(run->count));
	if (work->narrowed)
		bits_and(bits, work->narrowed + run->first / 64, BITS_WORDS(run->count));
}

/* Asks the next run of the base for rows with all words in the title. */
static void ask_titles(struct search_work *work)
{
	const struct match_run run = run_of(work, PART_BASE, work->titles);
	uint64_t bits[MATCH_RUN / 64];

	fill_open(work, &run, bits);
	filter(work, &run, RANK_TITLE, bits);
	bits_or(work->found + run.first / 64, bits, BITS_WORDS(run.count));
	row_list_add(&work->base[RANK_TITLE], (row_id)run.first, bits, run.count);
	work->titles += run.count;
}

/* Asks the next run of the base for all else, and how well. */
static void ask_others(struct search_work *work)
{
	struct match_run run = run_of(work, PART_BASE, work->others);
	uint64_t bits[MATCH_RUN / 64];

	run.titles_asked = best_rank(work) == RANK_TITLE;
	fill_open(work, &run, bits);
	filter(work, &run, RANK_REST, bits);
	bits_or(work->found + run.first / 64, bits, BITS_WORDS(run.count));
	list_ranks(work, &run, run.titles_asked ? RANK_STARTS : RANK_REST, bits, work->base,
		(row_id)run.first);
	work->others += run.count;
}

/* So many rows of the base are sure to come in this order, whatever is found later. */
static size_t base_sure(const struct search_work *work)
{
	if (best_rank(work) == RANK_REST)
		return work->base[RANK_REST].count;
	return work->base[RANK_TITLE].count + work->base[RANK_STARTS].count;
}

/* Two lists that are newest first become one, behind what is there. */
static void merge_rank(struct search_work *work, enum match_rank rank, struct row_list *into)
{
	const struct row_list *base = &work->base[rank];
	const struct row_list *delta = &work->delta[rank];
	size_t i = 0, j = 0;

	if (delta->count && base->count)
		row_segment_open(
			work->snapshot->segments[PART_BASE], COLUMNS_ORDER, 0, base_rows(work));
	row_list_reserve(into, base->count + delta->count);
	while (i < base->count || j < delta->count) {
		bool from_delta = i == base->count ||
				  (j < delta->count && row_snapshot_compare(work->snapshot,
							       delta->rows[j], base->rows[i]) < 0);

		into->rows[into->count++] = from_delta ? delta->rows[j++] : base->rows[i++];
	}
}

static struct row_list merged(struct search_work *work)
{
	struct row_list all = {0};

	for (enum match_rank rank = RANK_TITLE; rank < RANKS; rank++)
		merge_rank(work, rank, &all);
	return all;
}

/* Makes a list the current result, all of it or the first rows. */
static void publish(struct search *search, struct row_list list, bool complete)
{
	struct search_work *work = &search->work;
	struct search_result result = {
		.request = work->request,
		.snapshot = row_snapshot_share(work->snapshot),
		.version = work->version,
		.list = list,
		.complete = complete,
	};

	result.request->holders++;
	search_result_clear(&search->current);
	search->current = result;
	search->generation++;
}

static void stop(struct search *search)
{
	work_clear(&search->work);
	search->running = false;
}

static void publish_found(struct search *search, bool complete)
{
	struct search_work *work = &search->work;

	publish(search, work->sorter ? work->sorted : merged(work), complete);
	search->current.matches = work->found;
	work->found = NULL;
	work->sorted = (struct row_list){0};
	stop(search);
}

/* Publishes the first rows once they are sure; these may be all that are wanted. */
static bool publish_first(struct search *search)
{
	struct search_work *work = &search->work;
	struct row_list list;

	if (!work->first_rows || base_sure(work) < work->first_rows)
		return false;
	list = merged(work);
	list.count = work->first_rows;
	publish(search, list, false);
	work->first_rows = 0;
	if (work->limit)
		stop(search);
	return true;
}

static void begin_sorting(struct search_work *work)
{
	struct row_segment *base = work->snapshot->segments[PART_BASE];

	work->sorted = merged(work);
	if (!row_segment_open_all(base))
		work->sorted.count = 0;
	work->sorter = row_sorter_new(work->snapshot, work->request->order, work->request->reverse,
		work->sorted.rows, work->sorted.count);
}

/* Leaves of rows in order so many, the last ones where they are asked for backwards. */
static void keep_some(struct row_list *list, size_t count, bool last)
{
	if (last)
		memmove(list->rows, list->rows + list->count - count, count * sizeof(*list->rows));
	list->count = count;
}

/* True once all rows, or as many as are enough, are published in another order. */
static bool sort_found(struct search *search)
{
	struct search_work *work = &search->work;
	struct row_list *list = &work->sorted;
	size_t sorted;
	bool complete;

	if (!work->sorter)
		begin_sorting(work);
	sorted = row_sorter_run(work->sorter);
	if (sorted < list->count && (!work->limit || sorted < work->limit))
		return false;
	row_sorter_rows(work->sorter, list->rows);
	complete = sorted == list->count;
	if (!complete)
		keep_some(list, work->limit, work->request->reverse);
	publish_found(search, complete);
	return true;
}

/* A piece of the work: doubles first, then rows, then their order. True when something is there. */
static bool work_on(struct search *search)
{
	struct search_work *work = &search->work;
	const size_t rows = base_rows(work);

	if (work->duplicates && !work->duplicates_known) {
		work->duplicates_known = duplicates_run(work->duplicates, MATCH_RUN);
	} else if (!work->delta_asked) {
		ask_delta(work);
		work->delta_asked = true;
	} else if (work->titles < rows) {
		ask_titles(work);
		return publish_first(search);
	} else if (work->others < rows) {
		ask_others(work);
		return publish_first(search);
	} else if (request_is_sorted(work->request)) {
		return sort_found(search);
	} else {
		publish_found(search, true);
		return true;
	}
	return false;
}

static int64_t microseconds_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

/* A result narrows another question only as long as the rows are the same. */
static bool can_narrow(const struct search *search, const struct search_request *request)
{
	const struct search_request *before = search->current.request;

	return search->current.matches && !search_stale(search) && request->query &&
	       before->query && query_narrows(request->query, before->query);
}

/* The first rows are known early only where they are found in their order. */
static bool finds_in_order(const struct search_request *request)
{
	return !request_is_sorted(request) && !request->reverse;
}

static void start(struct search *search, struct search_request *request)
{
	struct search_work *work = &search->work;
	size_t words;

	stop(search);
	work->request = request;
	work->snapshot = row_snapshot_share(row_store_snapshot(search->store));
	work->version = row_store_version(search->store);
	words = BITS_WORDS(row_snapshot_table(work->snapshot, PART_BASE)->count);
	work->found = memory_array(words + 1, sizeof(*work->found));
	work->limit = search->limit;
	if (finds_in_order(request))
		work->first_rows =
			search->limit || !request->query ? search->limit : SEARCH_FIRST_ROWS;
	if (can_narrow(search, request)) {
		work->narrowed = memory_array(words + 1, sizeof(*work->narrowed));
		memcpy(work->narrowed, search->current.matches, words * sizeof(*work->narrowed));
	}
	if (request->query)
		work->match = match_new(request->query, work->snapshot->segments[PART_BASE]);
	if (work->match && match_wants_duplicates(work->match))
		work->duplicates = duplicates_new(work->snapshot);
	if (best_rank(work) == RANK_REST)
		work->titles = base_rows(work);
	search->running = true;
}

struct search *search_new(struct row_store *store)
{
	struct search *search = memory_new(sizeof(*search));

	search->store = store;
	search_start(search, NULL, NEWEST_FIRST, false);
	return search;
}

void search_free(struct search *search)
{
	if (!search)
		return;
	stop(search);
	search_result_clear(&search->current);
	free(search);
}

void search_start(struct search *search, struct query *query, enum row_order order, bool reverse)
{
	start(search, search_request_new(query, order, reverse));
}

void search_limit(struct search *search, size_t limit)
{
	search->limit = limit;
}

void search_refresh(struct search *search)
{
	struct search_request *request =
		search->running ? search->work.request : search->current.request;

	request->holders++;
	start(search, request);
	if (!search->limit)
		search->work.first_rows = 0; /* who looks at the rows is somewhere among them */
}

bool search_run(struct search *search, long microseconds)
{
	int64_t until = microseconds < 0 ? INT64_MAX : microseconds_now() + microseconds;

	if (search->running && search->work.version != row_store_version(search->store))
		search_refresh(search);
	while (search->running) {
		bool published = work_on(search);

		if (until == INT64_MAX || !search->running)
			continue;
		if (published || microseconds_now() >= until)
			return false;
	}
	return true;
}

bool search_running(const struct search *search)
{
	return search->running;
}

bool search_stale(const struct search *search)
{
	return search->current.version != row_store_version(search->store);
}

uint64_t search_generation(const struct search *search)
{
	return search->generation;
}

bool search_complete(const struct search *search)
{
	return search->current.complete;
}

size_t search_count(const struct search *search)
{
	return search->current.list.count;
}

static row_id row_at(const struct search_result *result, size_t position)
{
	if (result->request->reverse)
		position = result->list.count - 1 - position;
	return result->list.rows[position];
}

int64_t search_id(const struct search *search, size_t position)
{
	const struct search_result *result = &search->current;
	const struct row_table *table;
	size_t number;

	if (position >= result->list.count ||
		!row_snapshot_open(result->snapshot, row_at(result, position), 1u << COLUMN_IDS))
		return 0;
	table = row_snapshot_locate(result->snapshot, row_at(result, position), &number);
	return table->ids[number];
}

bool search_row(const struct search *search, size_t position, struct row *row)
{
	const struct search_result *result = &search->current;
	const struct row_table *table;
	size_t number;
	row_id found;

	if (position >= result->list.count)
		return false;
	found = row_at(result, position);
	if (!row_snapshot_open(result->snapshot, found, COLUMNS_ROW))
		return false;
	table = row_snapshot_locate(result->snapshot, found, &number);
	if (result->snapshot != row_store_snapshot(search->store) ||
		row_snapshot_is_dead(result->snapshot, found))
		return row_store_find(search->store, table->ids[number], row);
	row_table_row(table, number, row);
	return true;
}

bool search_position(const struct search *search, int64_t id, size_t *position)
{
	const struct search_result *result = &search->current;
	const bool fresh = !search_stale(search);
	row_id row = 0;

	if (fresh && !row_store_locate(search->store, id, &row))
		return false;
	for (*position = 0; *position < result->list.count; ++*position)
		if (fresh ? row_at(result, *position) == row : search_id(search, *position) == id)
			return true;
	return false;
}

bool search_corrupt(const struct search *search)
{
	const struct row_snapshot *snapshot =
		search->running ? search->work.snapshot : search->current.snapshot;

	return row_segment_corrupt(snapshot->segments[PART_BASE]);
}

const struct query *search_query(const struct search *search)
{
	return search->current.request ? search->current.request->query : NULL;
}
