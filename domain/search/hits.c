#include "domain/search/hits.h"

#include <stdlib.h>

#include "domain/search/bits.h"
#include "domain/base/memory.h"

#define GROUP 16 /* words that share one count */

void hits_init(struct hits *hits, size_t base_rows)
{
	*hits = (struct hits){.words = BITS_WORDS(base_rows)};
	hits->bits = memory_array(hits->words, sizeof(*hits->bits));
}

void hits_finish(struct hits *hits)
{
	free(hits->bits);
	free(hits->before);
	free(hits->added);
	free(hits->positions);
	*hits = (struct hits){0};
}

void hits_add(struct hits *hits, row_ref ref)
{
	if (!(ref & REF_ADDED)) {
		bits_add(hits->bits, ref);
		return;
	}
	hits->added = memory_grow(
		hits->added, hits->added_count, &hits->added_capacity, sizeof(*hits->added));
	hits->added[hits->added_count++] = ref;
}

static size_t groups_of(const struct hits *hits)
{
	return (hits->words + GROUP - 1) / GROUP;
}

static size_t words_in(const struct hits *hits, size_t group)
{
	size_t left = hits->words - group * GROUP;

	return left < GROUP ? left : GROUP;
}

static void count_base(struct hits *hits)
{
	size_t groups = groups_of(hits);

	hits->before = memory_array(groups + 1, sizeof(*hits->before));
	for (size_t i = 0; i < groups; i++)
		hits->before[i + 1] =
			hits->before[i] + bits_count(hits->bits + i * GROUP, words_in(hits, i));
}

/* How many hits of the base are rows below this one. */
static size_t base_hits_below(const struct hits *hits, size_t row)
{
	size_t group = row / 64 / GROUP;
	size_t count = hits->before[group];

	for (size_t word = group * GROUP; word < row / 64; word++)
		count += (size_t)__builtin_popcountll(hits->bits[word]);
	if (row % 64)
		count += (size_t)__builtin_popcountll(
			hits->bits[row / 64] & ((UINT64_C(1) << (row % 64)) - 1));
	return count;
}

static int compare(const void *a, const void *b, void *stock)
{
	return stock_compare(stock, *(const row_ref *)a, *(const row_ref *)b);
}

void hits_ready(struct hits *hits, struct stock *stock)
{
	count_base(hits);
	if (hits->added_count)
		row_block_trust(stock->blocks[STOCK_BASE], 0, stock_table(stock, STOCK_BASE)->count,
			ROW_ORDER);
	if (hits->added_count)
		qsort_r(hits->added, hits->added_count, sizeof(*hits->added), compare, stock);
	hits->positions = memory_array(hits->added_count, sizeof(*hits->positions));
	for (size_t i = 0; i < hits->added_count; i++)
		hits->positions[i] =
			i + base_hits_below(hits, stock_base_before(stock, hits->added[i]));
	hits->count = hits->before[groups_of(hits)] + hits->added_count;
}

/* The row that is the hit of this number among those of the base. */
static row_ref base_hit(const struct hits *hits, size_t number)
{
	size_t low = 0;
	size_t high = groups_of(hits);
	size_t word;

	while (low + 1 < high) {
		size_t middle = low + (high - low) / 2;

		if (hits->before[middle] <= number)
			low = middle;
		else
			high = middle;
	}
	number -= hits->before[low];
	for (word = low * GROUP;; word++) {
		size_t here = (size_t)__builtin_popcountll(hits->bits[word]);
		uint64_t bits = hits->bits[word];

		if (number >= here) {
			number -= here;
			continue;
		}
		while (number--)
			bits &= bits - 1;
		return (row_ref)(word * 64 + (size_t)__builtin_ctzll(bits));
	}
}

/* How many of the added ones stand before a position. */
static size_t added_before(const struct hits *hits, size_t position)
{
	size_t low = 0;
	size_t high = hits->added_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (hits->positions[middle] < position)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

row_ref hits_at(const struct hits *hits, size_t position)
{
	size_t added = added_before(hits, position);

	if (added < hits->added_count && hits->positions[added] == position)
		return hits->added[added];
	return base_hit(hits, position - added);
}

/* Where a hit of the base stands among all: an added one that comes before it moves it on. */
static size_t position_of_base(const struct hits *hits, size_t number)
{
	size_t low = 0;
	size_t high = hits->added_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (hits->positions[middle] - middle <= number)
			low = middle + 1;
		else
			high = middle;
	}
	return number + low;
}

bool hits_position(const struct hits *hits, row_ref ref, size_t *position)
{
	if (!(ref & REF_ADDED)) {
		if (ref / 64 >= hits->words || !bits_has(hits->bits, ref))
			return false;
		*position = position_of_base(hits, base_hits_below(hits, ref));
		return true;
	}
	for (size_t i = 0; i < hits->added_count; i++) {
		if (hits->added[i] == ref) {
			*position = hits->positions[i];
			return true;
		}
	}
	return false;
}
