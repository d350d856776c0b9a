#include "domain/search/stock.h"

#include <stdlib.h>
#include <string.h>

#include "domain/search/bits.h"
#include "domain/base/memory.h"

struct stock *stock_new(struct row_block *base)
{
	struct stock *stock = memory_new(sizeof(*stock));

	stock->holders = 1;
	stock->blocks[STOCK_BASE] = base ? base : row_block_new();
	stock->blocks[STOCK_ADDED] = row_block_new();
	return stock;
}

struct stock *stock_share(struct stock *stock)
{
	stock->holders++;
	return stock;
}

void stock_free(struct stock *stock)
{
	if (!stock || --stock->holders > 0)
		return;
	for (size_t i = 0; i < STOCK_PARTS; i++) {
		row_block_free(stock->blocks[i]);
		free(stock->dead[i]);
	}
	free(stock);
}

const struct row_table *stock_table(const struct stock *stock, enum stock_part part)
{
	return row_block_table(stock->blocks[part]);
}

static enum stock_part part_of(row_ref ref)
{
	return ref & REF_ADDED ? STOCK_ADDED : STOCK_BASE;
}

const struct row_table *stock_row(const struct stock *stock, row_ref ref, size_t *number)
{
	*number = ref & ~REF_ADDED;
	return stock_table(stock, part_of(ref));
}

bool stock_is_dead(const struct stock *stock, row_ref ref)
{
	const uint64_t *dead = stock->dead[part_of(ref)];

	return dead && bits_has(dead, ref & ~REF_ADDED);
}

void stock_kill(struct stock *stock, row_ref ref)
{
	enum stock_part part = part_of(ref);
	size_t rows = stock_table(stock, part)->count;

	if (!stock->dead[part])
		stock->dead[part] = memory_array(BITS_WORDS(rows), sizeof(uint64_t));
	bits_add(stock->dead[part], ref & ~REF_ADDED);
}

row_ref stock_add(struct stock *stock, const struct bookmark *bookmark)
{
	size_t number = row_block_add(stock->blocks[STOCK_ADDED], bookmark);
	size_t words = BITS_WORDS(number + 1);

	if (words > stock->dead_words) {
		size_t room = words * 2;
		uint64_t *dead = memory_resize(stock->dead[STOCK_ADDED], room, sizeof(*dead));

		memset(dead + stock->dead_words, 0, (room - stock->dead_words) * sizeof(*dead));
		stock->dead[STOCK_ADDED] = dead;
		stock->dead_words = room;
	}
	return (row_ref)number | REF_ADDED;
}

bool stock_trust(const struct stock *stock, row_ref ref)
{
	return row_block_trust(stock->blocks[part_of(ref)], ref & ~REF_ADDED, 1, ROW_ALL);
}

static int compare(const struct row_table *a, size_t i, const struct row_table *b, size_t j)
{
	if (a->added[i] != b->added[j])
		return a->added[i] > b->added[j] ? -1 : 1;
	return a->ids[i] > b->ids[j] ? -1 : a->ids[i] < b->ids[j];
}

int stock_compare(const struct stock *stock, row_ref a, row_ref b)
{
	size_t i;
	size_t j;
	const struct row_table *left = stock_row(stock, a, &i);
	const struct row_table *right = stock_row(stock, b, &j);

	return compare(left, i, right, j);
}

size_t stock_base_before(const struct stock *stock, row_ref ref)
{
	const struct row_table *base = stock_table(stock, STOCK_BASE);
	size_t number;
	const struct row_table *table = stock_row(stock, ref, &number);
	size_t low = 0;
	size_t high = base->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (compare(base, middle, table, number) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}
