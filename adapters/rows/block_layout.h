#ifndef ADAPTERS_ROWS_BLOCK_LAYOUT_H
#define ADAPTERS_ROWS_BLOCK_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "adapters/sqlite/sqlite_catalogue.h"
#include "domain/search/row_block.h"

/* What a row block looks like in a file: a header, then columns, each beginning at a multiple of
 * eight. Private to adapters/rows/block_file.c and adapters/rows/block_map.c. */
enum block_column {
	BLOCK_IDS,
	BLOCK_ADDED,
	BLOCK_MODIFIED,
	BLOCK_FOLDED_AT,
	BLOCK_FIELDS,
	BLOCK_KEPT_AT,
	BLOCK_SOURCES,
	BLOCK_FLAGS,
	BLOCK_BY_ID,
	BLOCK_FOLDED,
	BLOCK_KEPT,
	BLOCK_NAMES,      /* each with its NUL */
	BLOCK_GROUP_SUMS, /* struct group_sums, by group */
	BLOCK_COMMON,     /* the parts of struct row_index; all empty where it is not worth it */
	BLOCK_GRAMS,
	BLOCK_BITS,
	BLOCK_INDEX_SUMS, /* by column of the index */
	BLOCK_COLUMNS
};

struct block_header {
	uint64_t magic;
	uint64_t version;
	char folding[16];
	struct library_stamp stamp;
	uint64_t rows;
	uint64_t names;
	uint64_t size; /* of the file */
	struct {
		uint64_t at;
		uint64_t length;
	} columns[BLOCK_COLUMNS];
	uint64_t sum_of_names;
	uint64_t sum_of_group_sums;
	uint64_t sum_of_common;
	uint64_t sum_of_index_sums;
	uint64_t sum; /* of all before it */
};

/* Of a group of rows. Where texts are has its own, to be right before they are read. */
struct group_sums {
	uint64_t order;
	uint64_t folded_at;
	uint64_t folded;
	uint64_t other;
	uint64_t kept;
};

size_t block_groups(size_t rows);
uint64_t block_rounded(uint64_t length); /* up to a multiple of 8 */

/* A header that says for whom and by whom it is, and all else zero, padding too. */
void block_header_name(struct block_header *header, const struct library_stamp *stamp);
uint64_t block_header_sum(const struct block_header *header);

uint64_t block_sum_of_order(const struct row_table *table, size_t group);
uint64_t block_sum_of_folded_at(const struct row_table *table, size_t group);
uint64_t block_sum_of_folded(const struct row_table *table, size_t group);
uint64_t block_sum_of_other(const struct row_table *table, size_t group);
uint64_t block_sum_of_kept(const struct row_table *table, size_t group);

/* Of a column of the index; of one that comes piece by piece, by the sum of those before. */
uint64_t block_sum_of_column(const struct row_table *table, size_t column);
uint64_t block_sum_of_piece(
	uint64_t sum, const uint64_t *piece, size_t rows, size_t column, size_t chunk);

#endif
