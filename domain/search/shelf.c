#include "domain/search/shelf.h"

#include <stdlib.h>

#include "domain/search/bits.h"
#include "domain/search/id_index.h"
#include "domain/base/memory.h"
#include "domain/search/stock.h"

#define ADDED_MAX 4096 /* rows beside the base, or a quarter of it: then they are made one */

struct shelf {
	struct stock *stock;
	struct id_index *base_ids; /* made when an id is first asked for */
	struct id_map added_ids;   /* the last row that an id was put in */
	size_t count;
	uint64_t version;
};

struct shelf *shelf_new(void)
{
	struct shelf *shelf = memory_new(sizeof(*shelf));

	shelf->stock = stock_new(NULL);
	shelf->version = 1;
	return shelf;
}

static void forget(struct shelf *shelf)
{
	stock_free(shelf->stock);
	id_index_free(shelf->base_ids);
	id_map_finish(&shelf->added_ids);
	shelf->stock = NULL;
	shelf->base_ids = NULL;
}

void shelf_free(struct shelf *shelf)
{
	if (!shelf)
		return;
	forget(shelf);
	free(shelf);
}

static void hold(struct shelf *shelf, struct row_block *base)
{
	forget(shelf);
	shelf->stock = stock_new(base);
	shelf->count = stock_table(shelf->stock, STOCK_BASE)->count;
	shelf->version++;
}

void shelf_clear(struct shelf *shelf)
{
	hold(shelf, NULL);
}

void shelf_take_block(struct shelf *shelf, struct row_block *block)
{
	hold(shelf, block);
}

/* An index that is made late changes nothing that can be seen of a shelf. */
static const struct id_index *base_ids(const struct shelf *shelf)
{
	struct shelf *owner = (struct shelf *)(uintptr_t)shelf;
	const struct row_table *base = stock_table(shelf->stock, STOCK_BASE);

	if (owner->base_ids)
		return owner->base_ids;
	row_block_trust(shelf->stock->blocks[STOCK_BASE], 0, base->count, ROW_ORDER);
	owner->base_ids = id_index_new(base->ids, base->count, base->by_id);
	return owner->base_ids;
}

bool shelf_find_ref(const struct shelf *shelf, int64_t id, row_ref *ref)
{
	size_t row;

	if (id_map_find(&shelf->added_ids, id, &row)) {
		*ref = (row_ref)row | REF_ADDED;
		return !stock_is_dead(shelf->stock, *ref);
	}
	if (!id_index_find(base_ids(shelf), id, &row))
		return false;
	*ref = (row_ref)row;
	return !stock_is_dead(shelf->stock, *ref);
}

static int compare_refs(const void *a, const void *b, void *stock)
{
	return stock_compare(stock, *(const row_ref *)a, *(const row_ref *)b);
}

static row_ref *sorted_added(struct stock *stock, size_t *count)
{
	size_t rows = stock_table(stock, STOCK_ADDED)->count;
	row_ref *refs = memory_array(rows, sizeof(*refs));

	*count = 0;
	for (size_t i = 0; i < rows; i++)
		if (!stock_is_dead(stock, (row_ref)i | REF_ADDED))
			refs[(*count)++] = (row_ref)i | REF_ADDED;
	if (*count)
		qsort_r(refs, *count, sizeof(*refs), compare_refs, stock);
	return refs;
}

static void copy_base(struct row_block *block, const struct stock *stock, size_t from, size_t until)
{
	for (size_t i = from; i < until; i++)
		if (!stock_is_dead(stock, (row_ref)i))
			row_block_copy(block, stock_table(stock, STOCK_BASE), i);
}

/* Makes base and added rows one new base, so that neither grows without bounds. */
static void merge(struct shelf *shelf)
{
	struct stock *stock = shelf->stock;
	struct row_block *block = row_block_new();
	size_t count;
	row_ref *added = sorted_added(stock, &count);
	size_t done = 0;

	row_block_trust_all(stock->blocks[STOCK_BASE]);
	for (size_t i = 0; i < count; i++) {
		size_t before = stock_base_before(stock, added[i]);

		copy_base(block, stock, done, before);
		row_block_copy(block, stock_table(stock, STOCK_ADDED), added[i] & ~REF_ADDED);
		done = before;
	}
	copy_base(block, stock, done, stock_table(stock, STOCK_BASE)->count);
	free(added);
	hold(shelf, block);
}

static void merge_if_due(struct shelf *shelf)
{
	size_t added = stock_table(shelf->stock, STOCK_ADDED)->count;

	if (added >= ADDED_MAX && added >= stock_table(shelf->stock, STOCK_BASE)->count / 4)
		merge(shelf);
}

bool shelf_remove(struct shelf *shelf, int64_t id)
{
	row_ref ref;

	if (!shelf_find_ref(shelf, id, &ref))
		return false;
	stock_kill(shelf->stock, ref);
	shelf->count--;
	shelf->version++;
	return true;
}

void shelf_put(struct shelf *shelf, const struct bookmark *bookmark)
{
	row_ref ref;

	shelf_remove(shelf, bookmark->id);
	if (bookmark->deleted)
		return;
	ref = stock_add(shelf->stock, bookmark);
	id_map_put(&shelf->added_ids, bookmark->id, ref & ~REF_ADDED);
	shelf->count++;
	shelf->version++;
	merge_if_due(shelf);
}

size_t shelf_count(const struct shelf *shelf)
{
	return shelf->count;
}

uint64_t shelf_version(const struct shelf *shelf)
{
	return shelf->version;
}

bool shelf_find(const struct shelf *shelf, int64_t id, struct row *row)
{
	const struct row_table *table;
	size_t number;
	row_ref ref;

	if (!shelf_find_ref(shelf, id, &ref))
		return false;
	if (!stock_trust(shelf->stock, ref))
		return false;
	table = stock_row(shelf->stock, ref, &number);
	row_table_row(table, number, row);
	return true;
}

struct stock *shelf_stock(const struct shelf *shelf)
{
	return shelf->stock;
}
