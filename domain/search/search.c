#include "domain/search/search.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "domain/search/bits.h"
#include "domain/search/duplicates.h"
#include "domain/search/matcher.h"
#include "domain/base/memory.h"
#include "domain/search/row_order.h"
#include "domain/search/search_result.h"

/* A result that is being made: rows below next, of this part, have been asked. */
struct work {
	struct search_result result;
	enum stock_part part;
	size_t next;
	const struct search_result *within; /* rows outside it need not be asked; NULL: all */
	uint64_t *duplicates[STOCK_PARTS];
	struct live_rows live[STOCK_PARTS];
	struct duplicates *finder; /* of those, until all are found; before anything is asked */
	struct row_sorter *sorter; /* once all rows are found, if they are to be listed */
	size_t most;               /* of the best are enough; 0: all are wanted */
	size_t found[RANKS];       /* in the base, by group */
};

struct search {
	struct shelf *shelf;
	struct search_result standing;
	struct work work;
	bool running;
	size_t most; /* 0: all */
};

static void find_duplicates(struct work *work)
{
	const struct stock *stock = work->result.stock;

	for (enum stock_part part = STOCK_BASE; part < STOCK_PARTS; part++) {
		const struct row_table *table = stock_table(stock, part);

		row_block_trust(stock->blocks[part], 0, table->count, ROW_ALL);
		work->live[part] = (struct live_rows){table, stock->dead[part]};
		work->duplicates[part] =
			memory_array(BITS_WORDS(table->count), sizeof(**work->duplicates));
	}
	work->finder = duplicates_new(work->live, STOCK_PARTS, work->duplicates);
}

static void sort_hits(struct work *work)
{
	const struct stock *stock = work->result.stock;

	row_block_trust(stock->blocks[STOCK_BASE], 0, stock_table(stock, STOCK_BASE)->count,
		ROW_ORDER | ROW_TEXT | ROW_OTHER);
	work->sorter = row_sorter_new(stock, work->result.question->order, &work->result.hits[0]);
}

static void work_finish(struct work *work)
{
	row_sorter_free(work->sorter);
	duplicates_free(work->finder);
	search_result_finish(&work->result);
	for (size_t i = 0; i < STOCK_PARTS; i++)
		free(work->duplicates[i]);
	*work = (struct work){0};
}

/* The rows of a run that a result has. Those added are few: all of them are asked again. */
static void keep_within(
	const struct search_result *within, size_t first, size_t count, uint64_t *bits)
{
	for (size_t word = 0; word < BITS_WORDS(count); word++) {
		uint64_t had = 0;

		for (size_t group = 0; group < within->groups; group++)
			had |= within->hits[group].bits[first / 64 + word];
		bits[word] &= had;
	}
}

static void drop_dead(
	const struct stock *stock, enum stock_part part, size_t first, size_t count, uint64_t *bits)
{
	const uint64_t *dead = stock->dead[part];

	if (dead)
		bits_subtract(bits, dead + first / 64, BITS_WORDS(count));
}

/*
 * Rows of the base come newest first, so once there are enough hits of some ranks among them, only
 * better ones can still be among the best. Those added come in no order: they are asked first,
 * and all of them are kept.
 */
static enum match_rank wanted_below(const struct work *work)
{
	size_t found = 0;

	for (enum match_rank rank = RANK_TITLE; rank < RANKS && work->most; rank++) {
		found += work->found[rank];
		if (found >= work->most)
			return rank;
	}
	return RANKS;
}

static void take_added(struct hits *hits, size_t first, size_t count, const uint64_t *bits)
{
	for (size_t i = bits_next(bits, 0, count); i < count; i = bits_next(bits, i + 1, count))
		hits_add(hits, (row_ref)(first + i) | REF_ADDED);
}

static void take(struct work *work, size_t group, size_t first, size_t count, const uint64_t *bits)
{
	struct hits *hits = &work->result.hits[group];

	if (work->part == STOCK_ADDED) {
		take_added(hits, first, count, bits);
		return;
	}
	work->found[group] += bits_count(bits, BITS_WORDS(count));
	memcpy(hits->bits + first / 64, bits, BITS_WORDS(count) * sizeof(*bits));
}

/* Takes rows that match into the group of their rank; of what is left over none is wanted. */
static void take_ranked(struct work *work, const struct match_rows *rows, size_t first,
	size_t count, uint64_t *left)
{
	const enum match_rank below = wanted_below(work);
	uint64_t bits[MATCH_RUN / 64];

	for (enum match_rank rank = RANK_TITLE; rank < below; rank++) {
		memcpy(bits, left, BITS_WORDS(count) * sizeof(*bits));
		matcher_rank(work->result.question->matcher, rows, first, count, rank, bits);
		bits_subtract(left, bits, BITS_WORDS(count));
		take(work, rank, first, count, bits);
	}
}

static void ask_run(struct work *work, const struct match_rows *rows, size_t first, size_t count)
{
	const struct matcher *matcher = work->result.question->matcher;
	uint64_t bits[MATCH_RUN / 64];

	bits_fill(bits, count);
	drop_dead(work->result.stock, work->part, first, count, bits);
	if (work->within && work->part == STOCK_BASE)
		keep_within(work->within, first, count, bits);
	if (matcher)
		matcher_narrow(matcher, rows, first, count, bits);
	if (work->result.groups == RANKS)
		take_ranked(work, rows, first, count, bits);
	else
		take(work, 0, first, count, bits);
}

/* True when there is nothing left to ask. */
static bool ask_on(struct work *work)
{
	const struct row_table *table = stock_table(work->result.stock, work->part);
	const struct match_rows rows = {work->result.stock->blocks[work->part], table,
		work->duplicates[work->part], work->part == STOCK_BASE};
	const size_t first = work->next;
	const size_t left = table->count - first;

	if (wanted_below(work) == RANK_TITLE)
		return true;
	if (left) {
		work->next += left < MATCH_RUN ? left : MATCH_RUN;
		ask_run(work, &rows, first, work->next - first);
		return false;
	}
	work->next = 0;
	work->part = work->part == STOCK_ADDED ? STOCK_BASE : STOCK_PARTS;
	return work->part == STOCK_PARTS;
}

/* A piece of the work: doubles first, then rows, then their order. True when all is done. */
static bool work_on(struct work *work)
{
	if (work->finder) {
		if (duplicates_run(work->finder, MATCH_RUN)) {
			duplicates_free(work->finder);
			work->finder = NULL;
		}
		return false;
	}
	if (!work->sorter) {
		if (!ask_on(work))
			return false;
		search_result_count(&work->result);
		if (!search_result_is_listed(&work->result))
			return true;
		sort_hits(work);
	}
	if (!row_sorter_run(work->sorter))
		return false;
	work->result.refs = row_sorter_refs(work->sorter);
	return true;
}

static int64_t microseconds_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static void stop(struct search *search)
{
	if (search->running)
		work_finish(&search->work);
	search->running = false;
}

/* A result narrows another question only as long as the rows are the same. */
static bool can_narrow(const struct search *search, const struct question *question)
{
	const struct question *asked = search->standing.question;

	return !search->most && !search_stale(search) && question->query && asked->query &&
	       query_narrows(question->query, asked->query);
}

/* Rows are asked newest first, after the added ones: where that is the order, one can stop. */
static size_t limit_of(const struct search *search, const struct question *question)
{
	bool in_order = question->order == NEWEST_FIRST || question->order == BEST_FIRST;

	return in_order && !question->reverse ? search->most : 0;
}

static void start(struct search *search, struct question *question)
{
	struct work *work = &search->work;

	stop(search);
	search_result_init(&work->result, question, search->shelf);
	work->part = STOCK_ADDED;
	work->next = 0;
	work->most = limit_of(search, question);
	work->within = can_narrow(search, question) ? &search->standing : NULL;
	if (question->matcher && matcher_wants_duplicates(question->matcher))
		find_duplicates(work);
	if (question->matcher)
		matcher_consult(question->matcher, work->result.stock->blocks[STOCK_BASE],
			work->result.groups == RANKS);
	search->running = true;
}

struct search *search_new(struct shelf *shelf)
{
	struct search *search = memory_new(sizeof(*search));
	struct question *everything = question_new(NULL, NEWEST_FIRST, false);

	search->shelf = shelf;
	search_result_init(&search->standing, everything, shelf);
	search_result_count(&search->standing);
	search_refresh(search);
	search_run(search, -1);
	return search;
}

void search_free(struct search *search)
{
	if (!search)
		return;
	stop(search);
	search_result_finish(&search->standing);
	free(search);
}

void search_start(struct search *search, struct query *query, enum row_order order, bool reverse)
{
	start(search, question_new(query, order, reverse));
}

void search_limit(struct search *search, size_t most)
{
	search->most = most;
}

void search_refresh(struct search *search)
{
	struct question *question =
		search->running ? search->work.result.question : search->standing.question;

	question->holders++;
	start(search, question);
}

bool search_run(struct search *search, long microseconds)
{
	int64_t until = microseconds < 0 ? INT64_MAX : microseconds_now() + microseconds;

	if (search->running && search->work.result.version != shelf_version(search->shelf))
		search_refresh(search);
	while (search->running) {
		if (work_on(&search->work)) {
			search_result_finish(&search->standing);
			search->standing = search->work.result;
			search->work.result = (struct search_result){0};
			stop(search);
		} else if (until != INT64_MAX && microseconds_now() >= until) {
			return false;
		}
	}
	return true;
}

bool search_running(const struct search *search)
{
	return search->running;
}

bool search_stale(const struct search *search)
{
	return search->standing.version != shelf_version(search->shelf);
}

size_t search_count(const struct search *search)
{
	return search->standing.count;
}

bool search_row(const struct search *search, size_t position, struct row *row)
{
	const struct search_result *result = &search->standing;
	const struct row_table *table;
	size_t number;
	row_ref ref;

	if (position >= result->count)
		return false;
	ref = search_result_at(result, position);
	table = stock_row(result->stock, ref, &number);
	if (!stock_trust(result->stock, ref))
		return false;
	if (result->stock != shelf_stock(search->shelf) || stock_is_dead(result->stock, ref))
		return shelf_find(search->shelf, table->ids[number], row);
	row_table_row(table, number, row);
	return true;
}

int64_t search_id(const struct search *search, size_t position)
{
	const struct search_result *result = &search->standing;
	const struct row_table *table;
	size_t number;
	row_ref ref;

	if (position >= result->count)
		return 0;
	ref = search_result_at(result, position);
	table = stock_row(result->stock, ref, &number);
	return stock_trust(result->stock, ref) ? table->ids[number] : 0;
}

bool search_position(const struct search *search, int64_t id, size_t *position)
{
	const struct search_result *result = &search->standing;
	row_ref ref;

	if (!search_stale(search))
		return shelf_find_ref(search->shelf, id, &ref) &&
		       search_result_position(result, ref, position);
	for (*position = 0; *position < result->count; ++*position)
		if (search_id(search, *position) == id)
			return true;
	return false;
}

bool search_damaged(const struct search *search)
{
	return row_block_damaged(search->standing.stock->blocks[STOCK_BASE]);
}

const struct query *search_query(const struct search *search)
{
	return search->standing.question->query;
}
