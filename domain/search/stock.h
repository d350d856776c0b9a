#ifndef DOMAIN_SEARCH_STOCK_H
#define DOMAIN_SEARCH_STOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "domain/search/row_block.h"

struct shelf;

/*
 * What a shelf holds: the base, a block in the order newest first that never changes, and the
 * rows put since, in the order they came; those that were replaced or taken out are dead. Shared
 * by counting, as the result of a search outlives the shelf's change to another stock.
 */
enum stock_part { STOCK_BASE, STOCK_ADDED, STOCK_PARTS };

struct stock {
	size_t holders;
	struct row_block *blocks[STOCK_PARTS];
	uint64_t *dead[STOCK_PARTS]; /* a bit a row; of STOCK_ADDED with room to spare */
	size_t dead_words;           /* of STOCK_ADDED */
};

/* One row of a stock. The top bit says that it was added. */
typedef uint32_t row_ref;

#define REF_ADDED UINT32_C(0x80000000)

/* The stock that a shelf holds now, lent. */
struct stock *shelf_stock(const struct shelf *shelf);

/* Where the row of a bookmark is; false if it is not there. */
bool shelf_find_ref(const struct shelf *shelf, int64_t id, row_ref *ref);

struct stock *stock_new(struct row_block *base); /* takes it; NULL for an empty one */
struct stock *stock_share(struct stock *stock);
void stock_free(struct stock *stock); /* takes NULL */

const struct row_table *stock_table(const struct stock *stock, enum stock_part part);
bool stock_is_dead(const struct stock *stock, row_ref ref);
void stock_kill(struct stock *stock, row_ref ref);
row_ref stock_add(struct stock *stock, const struct bookmark *bookmark);

/* The table and the number that a ref stands for. */
const struct row_table *stock_row(const struct stock *stock, row_ref ref, size_t *number);

/* May all of a row be read? See row_block_trust(). */
bool stock_trust(const struct stock *stock, row_ref ref);

/* Newest first: added, then id, latest first. Negative if a comes before b. */
int stock_compare(const struct stock *stock, row_ref a, row_ref b);

/* How many rows of the base come before a row, in that order. */
size_t stock_base_before(const struct stock *stock, row_ref ref);

#endif
