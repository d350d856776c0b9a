#ifndef DOMAIN_SEARCH_ROW_STORE_H
#define DOMAIN_SEARCH_ROW_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "domain/bookmarks/bookmark.h"
#include "domain/search/row.h"

struct row_segment; /* domain/search/row_segment.h */
struct tag_counts;  /* domain/bookmarks/tag_counts.h */

/*
 * The rows in memory: a segment that never changes, and beside it what was put or taken out since,
 * merged as if they were one. Who puts very many rows makes a segment of them instead. Searching
 * and ordering them is domain/search/search.h. One thread.
 */
struct row_store;

struct row_store *row_store_new(void);
void row_store_free(struct row_store *store); /* after the searches on it */

/* Puts a bookmark in the place of the row with its id; one in the trash is taken out. Copied. */
void row_store_put(struct row_store *store, const struct bookmark *bookmark);
bool row_store_remove(struct row_store *store, int64_t id); /* true if it was there */

/* Takes a segment, which replaces every row, also what was put before. */
void row_store_replace(struct row_store *store, struct row_segment *segment);

size_t row_store_count(const struct row_store *store);

/* Another number after every change, never 0: what was made of the rows before is stale. */
uint64_t row_store_version(const struct row_store *store);

/* The row of a bookmark, borrowed until the store is changed; false if it is not there. */
bool row_store_find(const struct row_store *store, int64_t id, struct row *row);

/* Visits every row once, in no order that means anything. */
void row_store_each(const struct row_store *store, void (*visit)(void *self, const struct row *row),
	void *self);

/*
 * Was something found damaged in the segment that the store was given? Then what was found in it,
 * and what its rows say, is not to be used. Segments from a file are verified as they are read, so
 * rows that matter are asked for once before this is. To verify is to read all; false if it is.
 */
bool row_store_corrupt(const struct row_store *store);
bool row_store_verify(struct row_store *store);

/* How often each tag occurs in the rows; the caller frees it. */
struct tag_counts *row_store_count_tags(const struct row_store *store);

#endif
