#ifndef DOMAIN_SEARCH_ROW_SNAPSHOT_H
#define DOMAIN_SEARCH_ROW_SNAPSHOT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "domain/search/row_segment.h"

struct row_store;

/*
 * What a store holds: the base, a segment in the order newest first that never changes, and the
 * delta, the rows put since, in the order they came; those that were replaced or taken out have a
 * tombstone. Shared by counting, as the result of a search outlives the store's change to another
 * snapshot. Private to the store, the search and what they are made of.
 */
enum row_part { PART_BASE, PART_DELTA, ROW_PARTS };

struct row_snapshot {
	size_t holders;
	struct row_segment *segments[ROW_PARTS];
	uint64_t *tombstones[ROW_PARTS]; /* a bit a row; NULL while there are none */
	size_t tombstone_words[ROW_PARTS];
};

/* One row of a snapshot. The top bit says that it is in the delta. */
typedef uint32_t row_id;

#define ROW_IN_DELTA UINT32_C(0x80000000)

/* The snapshot that a store holds now, borrowed. */
struct row_snapshot *row_store_snapshot(const struct row_store *store);

/* Where the row of a bookmark is; false if it is not there. */
bool row_store_locate(const struct row_store *store, int64_t id, row_id *row);

struct row_snapshot *row_snapshot_share(struct row_snapshot *snapshot);
void row_snapshot_free(struct row_snapshot *snapshot); /* takes NULL */

const struct row_table *row_snapshot_table(const struct row_snapshot *snapshot, enum row_part part);
bool row_snapshot_is_dead(const struct row_snapshot *snapshot, row_id row);

/* The table and the number that a row stands for. */
const struct row_table *row_snapshot_locate(
	const struct row_snapshot *snapshot, row_id row, size_t *number);

/* Opens some columns of a row, as row_segment_open() does. */
bool row_snapshot_open(const struct row_snapshot *snapshot, row_id row, unsigned columns);

/* Newest first: added, then id, latest first. Negative if a comes before b. */
int row_snapshot_compare(const struct row_snapshot *snapshot, row_id a, row_id b);

#endif
