#include "adapters/rows/block_file.h"

#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "adapters/rows/block_layout.h"
#include "adapters/rows/checksum.h"
#include "domain/base/buffer.h"
#include "domain/base/memory.h"
#include "domain/search/bits.h"
#include "domain/search/gram_index.h"
#include "domain/search/id_index.h"
#include "domain/search/row_index.h"

#define WORTH_AN_INDEX 8192 /* rows */

/* What is written of each column, and what was made for it alone. */
struct pieces {
	struct {
		const void *bytes; /* NULL: comes later, in pieces */
		uint64_t length;
	} columns[BLOCK_COLUMNS];
	struct buffer names;
	struct group_sums *group_sums;
	uint32_t *by_id;
	struct row_indexer *indexer;
	uint64_t *index_sums;
};

static void set(struct pieces *pieces, enum block_column column, const void *bytes, uint64_t length)
{
	pieces->columns[column].bytes = bytes;
	pieces->columns[column].length = length;
}

static void set_rows(struct pieces *pieces, const struct row_table *table)
{
	const uint64_t rows = table->count;

	set(pieces, BLOCK_IDS, table->ids, rows * sizeof(*table->ids));
	set(pieces, BLOCK_ADDED, table->added, rows * sizeof(*table->added));
	set(pieces, BLOCK_MODIFIED, table->modified, rows * sizeof(*table->modified));
	set(pieces, BLOCK_FOLDED_AT, table->folded_at, (rows + 1) * sizeof(*table->folded_at));
	set(pieces, BLOCK_FIELDS, table->fields, rows * sizeof(*table->fields));
	set(pieces, BLOCK_KEPT_AT, table->kept_at, (rows + 1) * sizeof(*table->kept_at));
	set(pieces, BLOCK_SOURCES, table->sources, rows * sizeof(*table->sources));
	set(pieces, BLOCK_FLAGS, table->flags, rows * sizeof(*table->flags));
	set(pieces, BLOCK_BY_ID, table->by_id, rows * sizeof(*table->by_id));
	set(pieces, BLOCK_FOLDED, table->folded, table->folded_at[rows]);
	set(pieces, BLOCK_KEPT, table->kept, table->kept_at[rows]);
}

static void set_names(struct pieces *pieces, const struct row_table *table)
{
	for (size_t i = 0; i < table->source_count; i++)
		buffer_add(
			&pieces->names, table->source_names[i], strlen(table->source_names[i]) + 1);
	set(pieces, BLOCK_NAMES, buffer_text(&pieces->names), pieces->names.length);
}

static void set_group_sums(struct pieces *pieces, const struct row_table *table)
{
	size_t groups = block_groups(table->count);

	pieces->group_sums = memory_array(groups, sizeof(*pieces->group_sums));
	for (size_t i = 0; i < groups; i++)
		pieces->group_sums[i] = (struct group_sums){
			.order = block_sum_of_order(table, i),
			.folded_at = block_sum_of_folded_at(table, i),
			.folded = block_sum_of_folded(table, i),
			.other = block_sum_of_other(table, i),
			.kept = block_sum_of_kept(table, i),
		};
	set(pieces, BLOCK_GROUP_SUMS, pieces->group_sums, groups * sizeof(*pieces->group_sums));
}

/* The columns of bits are made only when they are written. */
static void set_index(struct pieces *pieces, const struct row_table *rows)
{
	struct row_table table = *rows;
	const struct row_index *index;
	size_t columns;

	if (table.count < WORTH_AN_INDEX)
		return;
	pieces->indexer = row_indexer_new(rows);
	table.index = index = row_indexer_index(pieces->indexer);
	columns = row_index_columns(index);
	pieces->index_sums = memory_array(columns, sizeof(*pieces->index_sums));
	for (size_t i = index->column_count; i < columns; i++)
		pieces->index_sums[i] = block_sum_of_column(&table, i);
	set(pieces, BLOCK_COMMON, index->common, index->common_count * sizeof(*index->common));
	set(pieces, BLOCK_GRAMS, index->grams,
		GRAM_COLUMNS * gram_index_words(table.count) * sizeof(uint64_t));
	set(pieces, BLOCK_BITS, NULL,
		index->column_count * BITS_WORDS(table.count) * sizeof(uint64_t));
	set(pieces, BLOCK_INDEX_SUMS, pieces->index_sums, columns * sizeof(*pieces->index_sums));
}

static void pieces_finish(struct pieces *pieces)
{
	buffer_finish(&pieces->names);
	free(pieces->group_sums);
	free(pieces->by_id);
	row_indexer_free(pieces->indexer);
	free(pieces->index_sums);
}

static uint64_t sum_of(const struct pieces *pieces, enum block_column column)
{
	return checksum_of(
		pieces->columns[column].bytes, (size_t)pieces->columns[column].length, column);
}

static void fill_header(struct block_header *header, const struct pieces *pieces)
{
	uint64_t at = block_rounded(sizeof(*header));

	for (size_t i = 0; i < BLOCK_COLUMNS; i++) {
		header->columns[i].at = at;
		header->columns[i].length = pieces->columns[i].length;
		at += block_rounded(pieces->columns[i].length);
	}
	header->size = at;
	header->sum_of_names = sum_of(pieces, BLOCK_NAMES);
	header->sum_of_group_sums = sum_of(pieces, BLOCK_GROUP_SUMS);
	header->sum_of_common = sum_of(pieces, BLOCK_COMMON);
	header->sum_of_index_sums = sum_of(pieces, BLOCK_INDEX_SUMS);
	header->sum = block_header_sum(header);
}

static bool write_all(int fd, const void *bytes, uint64_t length)
{
	const char *at = bytes;

	while (length) {
		ssize_t written = write(fd, at, (size_t)length);

		if (written <= 0)
			return false;
		at += written;
		length -= (uint64_t)written;
	}
	return true;
}

static bool write_padded(int fd, const void *bytes, uint64_t length)
{
	static const char zeros[8];

	return write_all(fd, bytes, length) && write_all(fd, zeros, block_rounded(length) - length);
}

static bool write_bits(int fd, const struct pieces *pieces, size_t rows)
{
	const size_t columns = row_indexer_index(pieces->indexer)->column_count;
	uint64_t *bits = memory_array(columns * INDEX_WORDS, sizeof(*bits));
	bool written = true;

	for (size_t chunk = 0; chunk < index_chunks(rows) && written; chunk++) {
		const size_t words = index_chunk_words(rows, chunk);

		row_indexer_fill(pieces->indexer, chunk, bits);
		for (size_t i = 0; i < columns; i++)
			pieces->index_sums[i] = block_sum_of_piece(
				pieces->index_sums[i], bits + i * words, rows, i, chunk);
		written = write_all(fd, bits, columns * words * sizeof(*bits));
	}
	free(bits);
	return written;
}

/* The header comes last, as it has the sums of all. */
static bool write_pieces(
	int fd, const struct pieces *pieces, struct block_header *header, size_t rows)
{
	bool written = lseek(fd, (off_t)block_rounded(sizeof(*header)), SEEK_SET) >= 0;

	for (size_t i = 0; i < BLOCK_COLUMNS && written; i++) {
		if (i == BLOCK_BITS && pieces->indexer)
			written = write_bits(fd, pieces, rows);
		else
			written = write_padded(
				fd, pieces->columns[i].bytes, pieces->columns[i].length);
	}
	fill_header(header, pieces);
	return written && lseek(fd, 0, SEEK_SET) == 0 && write_padded(fd, header, sizeof(*header));
}

static bool write_block(int fd, const struct row_table *rows, const struct library_stamp *stamp)
{
	struct row_table table = *rows;
	struct pieces pieces = {0};
	struct block_header header;
	bool written;

	pieces.by_id = id_index_sort(table.ids, table.count);
	table.by_id = pieces.by_id;
	set_rows(&pieces, &table);
	set_names(&pieces, &table);
	set_group_sums(&pieces, &table);
	set_index(&pieces, rows);
	block_header_name(&header, stamp);
	header.rows = table.count;
	header.names = table.source_count;
	written = write_pieces(fd, &pieces, &header, table.count);
	pieces_finish(&pieces);
	return written;
}

/* Not synced: what a power cut leaves of it is found out by its sums. */
bool block_file_save(
	const char *path, const struct row_block *block, const struct library_stamp *stamp)
{
	char *temporary = memory_print("%s.XXXXXX", path);
	int fd = mkostemp(temporary, O_CLOEXEC);
	bool saved = false;

	if (fd >= 0) {
		saved = write_block(fd, row_block_table(block), stamp);
		saved = close(fd) == 0 && saved && rename(temporary, path) == 0;
		if (!saved)
			unlink(temporary);
	}
	free(temporary);
	return saved;
}
