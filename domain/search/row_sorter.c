#include "domain/search/row_sorter.h"

#include <stdlib.h>
#include <string.h>

#include "domain/base/memory.h"
#include "domain/search/text_scan.h"

/* A row with what it is compared by at some depth. */
struct sort_key {
	uint64_t value;
	row_id row;
};

/*
 * Rows that stand behind all those before them and before all those behind them, but have no order
 * among themselves yet. They are equal in all before depth. Once their values are loaded up to the
 * end they are parted: below less are those that are less than the pivot, up to next those that are
 * equal to it, from more on those that are more.
 */
struct sort_range {
	size_t begin, end;
	size_t depth;
	size_t loaded;
	size_t less, next, more;
	uint64_t pivot;
};

/*
 * Depths count eights of bytes of a text, or are 0 for the time of change. Behind all stand the
 * ids, of which no two should be the same.
 */
#define DEPTH_ID  SIZE_MAX

#define PIECE     16384 /* keys that are looked at in one go */
#define VALUE_LOW UINT64_C(0xff)

/*
 * Quicksort in three parts, eight bytes of a text at a time (Bentley and Sedgewick, Fast Algorithms
 * for Sorting and Searching Strings, 1997): what has the same eight bytes is compared by the next
 * ones. Only values are compared, which lie beside each other; texts are read once for each depth.
 * Ranges are kept on a stack, the first one on top; so all before it is sorted.
 */
struct row_sorter {
	const struct row_snapshot *snapshot;
	enum row_order order;
	bool reverse;
	struct sort_key *keys;
	size_t count;
	size_t sorted;
	struct sort_range *ranges;
	size_t range_count;
	size_t range_capacity;
	uint64_t random; /* for pivots that nobody can foresee */
};

/* A text of a row as people see it: the address where there is no title. */
static const char *sorted_text(const struct row_sorter *sorter, const struct row_table *table,
	size_t number, size_t *length)
{
	const bool titled = row_table_text(table, number, FIELD_TITLE)[0] != '\0' ||
			    !(table->flags[number] & ROW_TITLE_AS_GIVEN);
	const enum row_field field =
		sorter->order == BY_FOLDED_TITLE && titled ? FIELD_TITLE : FIELD_URL;
	const char *text = row_table_text(table, number, field);

	*length = (size_t)(row_table_text_end(table, number, field) - text);
	return text;
}

/* What comes later is more. A text that ends within its eight bytes is filled up with zeros. */
static uint64_t value_forwards(const struct row_sorter *sorter, row_id row, size_t depth)
{
	const uint64_t sign = UINT64_C(1) << 63;
	size_t number, length;
	const struct row_table *table = row_snapshot_locate(sorter->snapshot, row, &number);
	const char *text;
	uint64_t value = 0;

	if (depth == DEPTH_ID)
		return ~((uint64_t)table->ids[number] ^ sign);
	if (sorter->order == LAST_MODIFIED)
		return ~((uint64_t)table->modified[number] ^ sign);
	text = sorted_text(sorter, table, number, &length);
	for (size_t i = 8 * depth; i < 8 * depth + 8; i++)
		value = value << 8 | (i < length ? letter_lower(text[i]) : 0);
	return value;
}

static uint64_t value_at(const struct row_sorter *sorter, row_id row, size_t depth)
{
	const uint64_t value = value_forwards(sorter, row, depth);

	return sorter->reverse ? ~value : value;
}

static void begin_parting(struct row_sorter *sorter, struct sort_range *range)
{
	range->less = range->next = range->begin;
	range->more = range->end;
	sorter->random = sorter->random * UINT64_C(6364136223846793005) + 1442695040888963407;
	range->pivot =
		sorter->keys[range->begin + (sorter->random >> 32) % (range->end - range->begin)]
			.value;
}

static void push_range(
	struct row_sorter *sorter, size_t begin, size_t end, size_t depth, bool loaded)
{
	struct sort_range *range;

	if (begin == end)
		return;
	sorter->ranges = memory_grow(sorter->ranges, sorter->range_count, &sorter->range_capacity,
		sizeof(*sorter->ranges));
	range = &sorter->ranges[sorter->range_count++];
	*range = (struct sort_range){.begin = begin, .end = end, .depth = depth};
	range->loaded = loaded ? end : begin;
	if (loaded)
		begin_parting(sorter, range);
}

static size_t load_values(struct row_sorter *sorter, struct sort_range *range, size_t most)
{
	const size_t first = range->loaded;
	const size_t end = range->end - first < most ? range->end : first + most;

	for (; range->loaded < end; range->loaded++) {
		struct sort_key *key = &sorter->keys[range->loaded];

		key->value = value_at(sorter, key->row, range->depth);
	}
	if (end == range->end)
		begin_parting(sorter, range);
	return end - first;
}

static void swap_keys(struct sort_key *a, struct sort_key *b)
{
	const struct sort_key swap = *a;

	*a = *b;
	*b = swap;
}

static size_t part_range(struct row_sorter *sorter, struct sort_range *range, size_t most)
{
	struct sort_key *keys = sorter->keys;
	size_t looked_at = 0;

	for (; range->next < range->more && looked_at < most; looked_at++) {
		const uint64_t value = keys[range->next].value;

		if (value < range->pivot)
			swap_keys(&keys[range->less++], &keys[range->next++]);
		else if (value > range->pivot)
			swap_keys(&keys[range->next], &keys[--range->more]);
		else
			range->next++;
	}
	return looked_at;
}

/* Has everything that is equal to the pivot come to the end of its text, or of its time? */
static bool is_ended(const struct row_sorter *sorter, uint64_t pivot)
{
	return sorter->order == LAST_MODIFIED || !((sorter->reverse ? ~pivot : pivot) & VALUE_LOW);
}

/* The three parts in place of their range. Those that are equal to the end have one id: are one. */
static void replace_by_parts(struct row_sorter *sorter)
{
	const struct sort_range range = sorter->ranges[--sorter->range_count];
	const size_t deeper = is_ended(sorter, range.pivot) ? DEPTH_ID : range.depth + 1;

	push_range(sorter, range.more, range.end, range.depth, true);
	if (range.depth == DEPTH_ID)
		for (size_t i = range.less; i < range.more; i++)
			push_range(sorter, i, i + 1, DEPTH_ID, true);
	else
		push_range(sorter, range.less, range.more, deeper, false);
	push_range(sorter, range.begin, range.less, range.depth, true);
}

struct row_sorter *row_sorter_new(const struct row_snapshot *snapshot, enum row_order order,
	bool reverse, const row_id *rows, size_t count)
{
	struct row_sorter *sorter = memory_new(sizeof(*sorter));

	*sorter = (struct row_sorter){
		.snapshot = snapshot, .order = order, .reverse = reverse, .count = count};
	sorter->keys = memory_array(count, sizeof(*sorter->keys));
	for (size_t i = 0; i < count; i++)
		sorter->keys[i].row = rows[i];
	sorter->random = (uintptr_t)sorter->keys;
	push_range(sorter, 0, count, 0, false);
	return sorter;
}

void row_sorter_free(struct row_sorter *sorter)
{
	if (!sorter)
		return;
	free(sorter->keys);
	free(sorter->ranges);
	free(sorter);
}

size_t row_sorter_run(struct row_sorter *sorter)
{
	size_t left = PIECE;

	while (left > 0 && sorter->range_count) {
		struct sort_range *range = &sorter->ranges[sorter->range_count - 1];

		if (range->end - range->begin == 1) {
			sorter->sorted++;
			sorter->range_count--;
		} else if (range->loaded < range->end) {
			left -= load_values(sorter, range, left);
		} else if (range->next < range->more) {
			left -= part_range(sorter, range, left);
		} else {
			replace_by_parts(sorter);
		}
	}
	return sorter->sorted;
}

void row_sorter_rows(const struct row_sorter *sorter, row_id *rows)
{
	for (size_t i = 0; i < sorter->count; i++)
		rows[i] = sorter->keys[i].row;
}
