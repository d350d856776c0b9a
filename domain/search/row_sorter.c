#include "domain/search/row_sorter.h"

#include <stdlib.h>
#include <string.h>

#include "domain/base/memory.h"
#include "domain/search/letters.h"
#include "domain/base/sort.h"

/* A row with what it is ordered by; of a text the first bytes, which mostly decide. */
struct key {
	uint64_t value;
	row_id row;
};

/* Keys that are sorted in one go, or merged: the size of a piece of work. */
#define PIECE 4096

/*
 * A merge sort from the bottom up. Pieces are sorted one by one, then neighbours of a width are
 * merged, of twice the width, and so on. Where a merge stands is all it needs to go on later.
 */
struct row_sorter {
	const struct row_snapshot *snapshot;
	enum row_order order;
	const row_id *rows;
	struct key *keys;
	struct key *merged; /* where those of this width go */
	size_t count;
	size_t next;  /* to be sorted, then to be merged */
	size_t width; /* of what is sorted; 0 until all pieces are */
	size_t left;  /* in the pair that is being merged: where each of them stands */
	size_t right;
};

/* As people see it: the address where there is no title. */
static const char *text_of(const struct row_sorter *sorter, row_id row)
{
	size_t number;
	const struct row_table *table = row_snapshot_locate(sorter->snapshot, row, &number);
	const char *title = row_table_text(table, number, FIELD_TITLE);

	if (sorter->order == BY_FOLDED_TITLE &&
		(*title || !(table->flags[number] & ROW_TITLE_AS_GIVEN)))
		return title;
	return row_table_text(table, number, FIELD_URL);
}

static uint64_t value_of(const struct row_sorter *sorter, row_id row)
{
	size_t number;
	const struct row_table *table = row_snapshot_locate(sorter->snapshot, row, &number);
	uint64_t value = 0;
	const char *text;

	if (sorter->order == LAST_MODIFIED)
		return ~((uint64_t)table->modified[number] ^ (UINT64_C(1) << 63));
	text = text_of(sorter, row);
	for (size_t i = 0; i < sizeof(value) && text[i]; i++)
		value |= (uint64_t)letter_lower(text[i]) << (56 - 8 * i);
	return value;
}

/* As strcmp() would compare them folded. */
static int compare_texts(const char *a, const char *b)
{
	while (*a && letter_lower(*a) == letter_lower(*b))
		a++, b++;
	return letter_lower(*a) - letter_lower(*b);
}

static int64_t id_of(const struct row_snapshot *snapshot, row_id row)
{
	size_t number;
	const struct row_table *table = row_snapshot_locate(snapshot, row, &number);

	return table->ids[number];
}

static int compare(const void *a, const void *b, void *sorter_)
{
	const struct row_sorter *sorter = sorter_;
	const struct key *left = a;
	const struct key *right = b;
	int texts = 0;

	if (left->value != right->value)
		return left->value < right->value ? -1 : 1;
	if (sorter->order != LAST_MODIFIED)
		texts = compare_texts(text_of(sorter, left->row), text_of(sorter, right->row));
	if (texts)
		return texts;
	return id_of(sorter->snapshot, left->row) > id_of(sorter->snapshot, right->row) ? -1 : 1;
}

struct row_sorter *row_sorter_new(
	const struct row_snapshot *snapshot, enum row_order order, const row_id *rows, size_t count)
{
	struct row_sorter *sorter = memory_new(sizeof(*sorter));

	*sorter = (struct row_sorter){
		.snapshot = snapshot, .order = order, .rows = rows, .count = count};
	sorter->keys = memory_array(sorter->count, sizeof(*sorter->keys));
	sorter->merged = memory_array(sorter->count, sizeof(*sorter->merged));
	return sorter;
}

void row_sorter_free(struct row_sorter *sorter)
{
	if (!sorter)
		return;
	free(sorter->keys);
	free(sorter->merged);
	free(sorter);
}

static size_t at_most(size_t position, const struct row_sorter *sorter)
{
	return position < sorter->count ? position : sorter->count;
}

static void begin_pair(struct row_sorter *sorter)
{
	sorter->left = sorter->next;
	sorter->right = at_most(sorter->next + sorter->width, sorter);
}

static void sort_piece(struct row_sorter *sorter)
{
	const size_t first = sorter->next;
	const size_t end = at_most(first + PIECE, sorter);

	for (size_t i = first; i < end; i++)
		sorter->keys[i] = (struct key){value_of(sorter, sorter->rows[i]), sorter->rows[i]};
	if (end > first)
		sort_with(
			sorter->keys + first, end - first, sizeof(*sorter->keys), compare, sorter);
	sorter->next = end;
	if (end < sorter->count)
		return;
	sorter->width = PIECE;
	sorter->next = 0;
	begin_pair(sorter);
}

static struct key smaller_of_both(struct row_sorter *sorter, size_t middle, size_t end)
{
	const struct key *left = &sorter->keys[sorter->left];
	const struct key *right = &sorter->keys[sorter->right];

	if (sorter->left < middle && (sorter->right == end || compare(left, right, sorter) < 0)) {
		sorter->left++;
		return *left;
	}
	sorter->right++;
	return *right;
}

static void merge_piece(struct row_sorter *sorter)
{
	const size_t pair = sorter->next - sorter->next % (2 * sorter->width);
	const size_t middle = at_most(pair + sorter->width, sorter);
	const size_t end = at_most(pair + 2 * sorter->width, sorter);
	struct key *all;

	for (size_t left = PIECE; left > 0 && sorter->next < end; left--)
		sorter->merged[sorter->next++] = smaller_of_both(sorter, middle, end);
	if (sorter->next < end)
		return;
	if (end == sorter->count) {
		all = sorter->merged;
		sorter->merged = sorter->keys;
		sorter->keys = all;
		sorter->width *= 2;
		sorter->next = 0;
	}
	begin_pair(sorter);
}

bool row_sorter_run(struct row_sorter *sorter)
{
	if (!sorter->width)
		sort_piece(sorter);
	else if (sorter->width < sorter->count)
		merge_piece(sorter);
	return sorter->width && sorter->width >= sorter->count;
}

void row_sorter_rows(const struct row_sorter *sorter, row_id *rows)
{
	for (size_t i = 0; i < sorter->count; i++)
		rows[i] = sorter->keys[i].row;
}
