#ifndef DOMAIN_SEARCH_SHELF_H
#define DOMAIN_SEARCH_SHELF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "domain/bookmarks/bookmark.h"
#include "domain/search/row.h"

struct row_block; /* domain/search/row_block.h */

/*
 * The rows in memory: a block that never changes, and beside it what was put or taken out since,
 * merged as if they were one. Searching and ordering them is domain/search/search.h. One thread.
 */
struct shelf;

struct shelf *shelf_new(void);
void shelf_free(struct shelf *shelf); /* after the searches on it */

/* Puts a bookmark in the place of the row with its id; one in the trash is taken out. Copied. */
void shelf_put(struct shelf *shelf, const struct bookmark *bookmark);
bool shelf_remove(struct shelf *shelf, int64_t id); /* true if it was there */
void shelf_clear(struct shelf *shelf);

/* Takes a block, which replaces every row, also what was put before. */
void shelf_take_block(struct shelf *shelf, struct row_block *block);

size_t shelf_count(const struct shelf *shelf);

/* Another number after every change, never 0: what was made of the rows before is stale. */
uint64_t shelf_version(const struct shelf *shelf);

/* The row of a bookmark, lent until the shelf is changed; false if it is not there. */
bool shelf_find(const struct shelf *shelf, int64_t id, struct row *row);

#endif
