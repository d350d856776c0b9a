#include "domain/search/search.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "domain/base/memory.h"
#include "domain/base/sort.h"
#include "domain/bookmarks/url.h"
#include "domain/search/bits.h"
#include "domain/search/match.h"
#include "domain/search/row_snapshot.h"
#include "domain/search/row_sorter.h"

/* ---- doubles ---- */

/* A text that was seen, by what is mixed of its bytes, and where: the same are taken as equal. */
struct seen_text {
	uint64_t high;
	uint64_t low; /* 0 in a free slot only */
	enum row_part part;
	uint32_t row;
};

/*
 * Finds the rows of a snapshot that have a double: another one with the same title (exactly, and
 * not empty), or with the same address but for http or https.
 */
struct duplicates {
	const struct row_snapshot *snapshot;
	uint64_t *found[ROW_PARTS]; /* a bit a row */
	struct seen_text *seen;     /* a hash table with room for two texts of each row */
	size_t mask;
	enum row_part part; /* the next row to look at */
	size_t row;
};

static uint64_t mixed(uint64_t value)
{
	value ^= value >> 32;
	value *= UINT64_C(0xd6e8feb86659fd93);
	value ^= value >> 32;
	value *= UINT64_C(0xd6e8feb86659fd93);
	return value ^ value >> 32;
}

/* What a text is, so that a title is no double of an address. */
enum { A_TITLE = 1, AN_ADDRESS };

static struct seen_text seen_text_of(uint64_t kind, const char *text)
{
	struct seen_text seen = {.high = mixed(kind), .low = kind};
	size_t length = strlen(text);

	for (size_t at = 0; at < length; at += 8) {
		uint64_t piece = 0;

		memcpy(&piece, text + at, length - at < 8 ? length - at : 8);
		seen.high = mixed(seen.high ^ piece);
		seen.low = (seen.low ^ piece) * UINT64_C(0xff51afd7ed558ccd);
		seen.low ^= seen.low >> 29;
	}
	seen.low = mixed(seen.low ^ length) | 1;
	return seen;
}

/* Two that are the same are doubles, both of them. */
static void see_text(struct duplicates *duplicates, uint64_t kind, const char *text)
{
	struct seen_text seen = seen_text_of(kind, text);
	size_t slot = (size_t)seen.high;

	seen.part = duplicates->part;
	seen.row = (uint32_t)duplicates->row;
	for (;; slot++) {
		struct seen_text *other = &duplicates->seen[slot & duplicates->mask];

		if (!other->low) {
			*other = seen;
			return;
		}
		if (other->high == seen.high && other->low == seen.low) {
			bits_add(duplicates->found[other->part], other->row);
			bits_add(duplicates->found[seen.part], seen.row);
			return;
		}
	}
}

/*
 * Addresses are unique in the library, so a double is one of http and one of https: they have in
 * common all that is behind the scheme of their normal form.
 */
static void see_address(struct duplicates *duplicates, const char *url)
{
	char *normal;

	if (!url_is_web(url) || url_normal_form(url, &normal, NULL) != STATUS_OK)
		return;
	see_text(duplicates, AN_ADDRESS, strchr(normal, ':'));
	free(normal);
}

static void look_at_row(struct duplicates *duplicates, const struct row_table *table)
{
	const uint64_t *dead = duplicates->snapshot->tombstones[duplicates->part];
	struct row row;

	if (dead && bits_has(dead, duplicates->row))
		return;
	row_table_row(table, duplicates->row, &row);
	if (*row.title)
		see_text(duplicates, A_TITLE, row.title);
	see_address(duplicates, row.url);
}

static struct duplicates *duplicates_new(const struct row_snapshot *snapshot)
{
	struct duplicates *duplicates = memory_new(sizeof(*duplicates));
	size_t slots = 64, rows = 0;

	duplicates->snapshot = snapshot;
	for (enum row_part part = PART_BASE; part < ROW_PARTS; part++) {
		const size_t count = row_snapshot_table(snapshot, part)->count;

		rows += count;
		duplicates->found[part] = memory_array(BITS_WORDS(count), sizeof(uint64_t));
	}
	while (slots < rows * 3)
		slots *= 2;
	duplicates->seen = memory_array(slots, sizeof(*duplicates->seen));
	duplicates->mask = slots - 1;
	if (!row_segment_open_all(snapshot->segments[PART_BASE]))
		duplicates->part = ROW_PARTS;
	return duplicates;
}

static void duplicates_free(struct duplicates *duplicates)
{
	if (!duplicates)
		return;
	for (enum row_part part = PART_BASE; part < ROW_PARTS; part++)
		free(duplicates->found[part]);
	free(duplicates->seen);
	free(duplicates);
}

/* Looks at so many rows more; true when all were seen, and every double is known. */
static bool duplicates_run(struct duplicates *duplicates, size_t rows)
{
	for (; duplicates->part < ROW_PARTS; duplicates->part++, duplicates->row = 0) {
		const struct row_table *table =
			row_snapshot_table(duplicates->snapshot, duplicates->part);

		for (; duplicates->row < table->count; duplicates->row++)
			if (rows-- == 0)
				return false;
			else
				look_at_row(duplicates, table);
	}
	free(duplicates->seen);
	duplicates->seen = NULL;
	return true;
}

/* ---- the work, and its results ---- */

/* What is asked. */
struct search_request {
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

/*
 * Rows of a snapshot at one time, in their order: sorted as the request has it, or newest or best
 * first, which is read backwards where it is reversed.
 */
struct search_result {
	struct search_request request;
	struct row_snapshot *snapshot;
	uint64_t version;     /* of the store */
	struct row_list list; /* of a partial result only the first ones */
	bool complete;        /* all of them */
	uint64_t *matches;    /* of the base, as a set, all of them; NULL: not known yet */
};

/* What is done for a result, a piece at a time; ALL_FOUND: rows are sorted, if they are to be. */
enum search_step { FIND_DUPLICATES, ASK_DELTA, ASK_TITLES, ASK_OTHERS, ALL_FOUND };

/*
 * A result that is being made. The rows of the delta, which come in no order, are asked first; then
 * the titles of the base, newest first, if those who have all words there come before the rest;
 * then all else of it. So what is found for the best rank is in its place at once, and what is
 * found for the next one as soon as all titles were asked: the first rows are published then.
 */
struct search_work {
	struct search_request request;
	struct match *match; /* NULL: everything matches */
	struct row_snapshot *snapshot;
	uint64_t version;
	enum search_step step;
	size_t next;        /* the row of the base that the step goes on with */
	uint64_t *narrowed; /* rows of the base outside it need not be asked; NULL: all are */
	uint64_t *found[ROW_PARTS];              /* as sets */
	struct row_list lists[ROW_PARTS][RANKS]; /* the same, newest first */
	struct duplicates *duplicates;           /* NULL unless they are asked for */
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

static struct search_request search_request_copy(const struct search_request *request)
{
	struct search_request copy = *request;

	copy.query = request->query ? query_copy(request->query) : NULL;
	return copy;
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
	query_free(result->request.query);
	*result = (struct search_result){0};
}

static void work_clear(struct search_work *work)
{
	row_sorter_free(work->sorter);
	duplicates_free(work->duplicates);
	for (enum row_part part = PART_BASE; part < ROW_PARTS; part++) {
		for (size_t i = 0; i < RANKS; i++)
			free(work->lists[part][i].rows);
		free(work->found[part]);
	}
	free(work->sorted.rows);
	free(work->narrowed);
	match_free(work->match);
	row_snapshot_free(work->snapshot);
	query_free(work->request.query);
	*work = (struct search_work){0};
}

static struct match_run run_of(const struct search_work *work, enum row_part part, size_t first)
{
	const struct row_table *table = row_snapshot_table(work->snapshot, part);
	const size_t left = table->count - first;

	return (struct match_run){
		.segment = work->snapshot->segments[part],
		.table = table,
		.duplicates = work->duplicates ? work->duplicates->found[part] : NULL,
		.first = first,
		.count = left < MATCH_RUN ? left : MATCH_RUN,
	};
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
		work->request.order == BEST_FIRST && work->match && match_has_ranks(work->match);

	return ranked ? RANK_TITLE : RANK_REST;
}

static int compare_rows(const void *a, const void *b, void *snapshot)
{
	return row_snapshot_compare(snapshot, *(const row_id *)a, *(const row_id *)b);
}

static size_t base_rows(const struct search_work *work)
{
	return row_snapshot_table(work->snapshot, PART_BASE)->count;
}

/* The rows of a run that live, may match and are not found yet. */
static void fill_open(const struct search_work *work, enum row_part part,
	const struct match_run *run, uint64_t *bits)
{
	const size_t first = run->first / 64, words = BITS_WORDS(run->count);
	const uint64_t *tombstones = work->snapshot->tombstones[part];

	bits_fill(bits, run->count);
	bits_subtract(bits, work->found[part] + first, words);
	if (tombstones)
		bits_subtract(bits, tombstones + first, words);
	if (work->narrowed && part == PART_BASE)
		bits_and(bits, work->narrowed + first, words);
}

/* Asks the run that begins with a row, and lists what is found that ranks from best to worst. */
static void ask_run(struct search_work *work, enum row_part part, size_t first,
	enum match_rank best, enum match_rank worst)
{
	struct match_run run = run_of(work, part, first);
	const row_id number = (row_id)first | (part == PART_DELTA ? ROW_IN_DELTA : 0);
	const size_t words = BITS_WORDS(run.count);
	uint64_t left[MATCH_RUN / 64], bits[MATCH_RUN / 64];

	run.titles_asked = best == RANK_STARTS;
	fill_open(work, part, &run, left);
	filter(work, &run, worst, left);
	bits_or(work->found[part] + first / 64, left, words);
	for (enum match_rank rank = best; rank <= worst && bits_any(left, words); rank++) {
		memcpy(bits, left, words * sizeof(*bits));
		if (rank < worst)
			filter(work, &run, rank, bits);
		bits_subtract(left, bits, words);
		row_list_add(&work->lists[part][rank], number, bits, run.count);
	}
}

static void ask_delta(struct search_work *work)
{
	const size_t rows = row_snapshot_table(work->snapshot, PART_DELTA)->count;

	for (size_t first = 0; first < rows; first += MATCH_RUN)
		ask_run(work, PART_DELTA, first, best_rank(work), RANK_REST);
	for (size_t i = 0; i < RANKS; i++) {
		struct row_list *list = &work->lists[PART_DELTA][i];

		if (list->count)
			sort_with(list->rows, list->count, sizeof(row_id), compare_rows,
				work->snapshot);
	}
}

/* So many rows of the base are sure to come in this order, whatever is found later. */
static size_t base_sure(const struct search_work *work)
{
	const struct row_list *lists = work->lists[PART_BASE];

	if (best_rank(work) == RANK_REST)
		return lists[RANK_REST].count;
	return lists[RANK_TITLE].count + lists[RANK_STARTS].count;
}

/* Two lists that are newest first become one, behind what is there. */
static void merge_rank(struct search_work *work, enum match_rank rank, struct row_list *into)
{
	const struct row_list *base = &work->lists[PART_BASE][rank];
	const struct row_list *delta = &work->lists[PART_DELTA][rank];
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
		.request = search_request_copy(&work->request),
		.snapshot = row_snapshot_share(work->snapshot),
		.version = work->version,
		.list = list,
		.complete = complete,
	};

	search_result_clear(&search->current);
	search->current = result;
	search->generation++;
}

static void stop(struct search *search)
{
	work_clear(&search->work);
	search->running = false;
}

/* Takes the list, all that was found or as much as is enough; the work is done. */
static void publish_last(struct search *search, struct row_list list, bool complete)
{
	struct search_work *work = &search->work;

	publish(search, list, complete);
	search->current.matches = work->found[PART_BASE];
	work->found[PART_BASE] = NULL;
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
	work->sorter = row_sorter_new(work->snapshot, work->request.order, work->request.reverse,
		work->sorted.rows, work->sorted.count);
}

/* True once all rows, or as many as are enough, are published in another order. */
static bool sort_found(struct search *search)
{
	struct search_work *work = &search->work;
	struct row_list list;
	size_t sorted;

	if (!work->sorter)
		begin_sorting(work);
	sorted = row_sorter_run(work->sorter);
	if (sorted < work->sorted.count && (!work->limit || sorted < work->limit))
		return false;
	list = work->sorted;
	work->sorted = (struct row_list){0};
	row_sorter_rows(work->sorter, list.rows);
	if (sorted == list.count) {
		publish_last(search, list, true);
	} else {
		list.count = work->limit;
		publish_last(search, list, false);
	}
	return true;
}

/* Asks the next run of the base; true once all were. */
static bool ask_next_run(struct search_work *work, enum match_rank best, enum match_rank worst)
{
	if (work->next < base_rows(work))
		ask_run(work, PART_BASE, work->next, best, worst);
	work->next += MATCH_RUN;
	return work->next >= base_rows(work);
}

/* Does a piece of the step; true when it is done. */
static bool do_step(struct search_work *work)
{
	switch (work->step) {
	case FIND_DUPLICATES:
		return !work->duplicates || duplicates_run(work->duplicates, MATCH_RUN);
	case ASK_DELTA: ask_delta(work); return true;
	case ASK_TITLES:
		return best_rank(work) == RANK_REST || ask_next_run(work, RANK_TITLE, RANK_TITLE);
	case ASK_OTHERS:
		return ask_next_run(
			work, best_rank(work) == RANK_TITLE ? RANK_STARTS : RANK_REST, RANK_REST);
	case ALL_FOUND: break;
	}
	return false;
}

/* A piece of the work; true when there is something new to show. */
static bool work_on(struct search *search)
{
	struct search_work *work = &search->work;

	if (work->step == ALL_FOUND) {
		if (request_is_sorted(&work->request))
			return sort_found(search);
		publish_last(search, merged(work), true);
		return true;
	}
	if (do_step(work)) {
		work->step++;
		work->next = 0;
	}
	return publish_first(search);
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
	const struct query *before = search->current.request.query;

	return search->current.matches && !search_stale(search) && request->query && before &&
	       query_narrows(request->query, before);
}

/* The first rows are known early only where they are found in their order. */
static bool finds_in_order(const struct search_request *request)
{
	return !request_is_sorted(request) && !request->reverse;
}

/* Takes the request's query. */
static void start(struct search *search, struct search_request request)
{
	struct search_work *work = &search->work;

	stop(search);
	work->request = request;
	work->snapshot = row_snapshot_share(row_store_snapshot(search->store));
	work->version = row_store_version(search->store);
	for (enum row_part part = PART_BASE; part < ROW_PARTS; part++)
		work->found[part] = memory_array(
			BITS_WORDS(row_snapshot_table(work->snapshot, part)->count) + 1,
			sizeof(uint64_t));
	work->limit = search->limit;
	if (finds_in_order(&request))
		work->first_rows =
			search->limit || !request.query ? search->limit : SEARCH_FIRST_ROWS;
	if (can_narrow(search, &request)) {
		const size_t words = BITS_WORDS(base_rows(work));

		work->narrowed = memory_array(words + 1, sizeof(*work->narrowed));
		memcpy(work->narrowed, search->current.matches, words * sizeof(*work->narrowed));
	}
	if (request.query)
		work->match = match_new(request.query);
	if (work->match && match_wants_duplicates(work->match))
		work->duplicates = duplicates_new(work->snapshot);
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
	start(search, (struct search_request){query, order, reverse});
}

void search_limit(struct search *search, size_t limit)
{
	search->limit = limit;
}

void search_refresh(struct search *search)
{
	start(search, search_request_copy(
			      search->running ? &search->work.request : &search->current.request));
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
	if (result->request.reverse && !request_is_sorted(&result->request))
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

const struct query *search_query(const struct search *search)
{
	return search->current.request.query;
}
