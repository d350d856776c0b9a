#include "adapters/rows/block_file.h"

#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "adapters/rows/block_layout.h"
#include "adapters/rows/checksum.h"
#include "domain/buffer.h"
#include "domain/search/gram_index.h"
#include "domain/search/id_index.h"
#include "domain/memory.h"

#define WORTH_AN_INDEX 8192 /* rows */

/* What is written of each column, and what was made for it alone. */
struct pieces {
	struct {
		const void *bytes;
		uint64_t length;
	} columns[BLOCK_COLUMNS];
	struct buffer names;
	struct group_sums *group_sums;
	uint32_t *by_id;
	uint64_t *grams;
	uint64_t *gram_sums;
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
	set(pieces, BLOCK_KEPT_AT, table->kept_at, (rows + 1) * sizeof(*table->kept_at));
	set(pieces, BLOCK_SOURCES, table->sources, rows * sizeof(*table->sources));
	set(pieces, BLOCK_FLAGS, table->flags, rows * sizeof(*table->flags));
	set(pieces, BLOCK_LETTERS, table->letters, rows * sizeof(*table->letters));
	set(pieces, BLOCK_TITLE_LETTERS, table->title_letters,
		rows * sizeof(*table->title_letters));
	set(pieces, BLOCK_START_LETTERS, table->start_letters,
		rows * sizeof(*table->start_letters));
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
			.letters = block_sum_of_letters(table, i),
			.other = block_sum_of_other(table, i),
			.kept = block_sum_of_kept(table, i),
		};
	set(pieces, BLOCK_GROUP_SUMS, pieces->group_sums, groups * sizeof(*pieces->group_sums));
}

static void set_grams(struct pieces *pieces, const struct row_table *rows)
{
	struct row_table table = *rows;
	size_t words = gram_index_words(table.count);

	set(pieces, BLOCK_GRAMS, NULL, 0);
	set(pieces, BLOCK_GRAM_SUMS, NULL, 0);
	if (table.count < WORTH_AN_INDEX)
		return;
	pieces->grams = gram_index_new(&table);
	table.grams = pieces->grams;
	pieces->gram_sums = memory_array(GRAM_COLUMNS, sizeof(*pieces->gram_sums));
	for (size_t i = 0; i < GRAM_COLUMNS; i++)
		pieces->gram_sums[i] = block_sum_of_grams(&table, i);
	set(pieces, BLOCK_GRAMS, pieces->grams, words * GRAM_COLUMNS * sizeof(*pieces->grams));
	set(pieces, BLOCK_GRAM_SUMS, pieces->gram_sums, GRAM_COLUMNS * sizeof(*pieces->gram_sums));
}

static void pieces_finish(struct pieces *pieces)
{
	buffer_finish(&pieces->names);
	free(pieces->group_sums);
	free(pieces->by_id);
	free(pieces->grams);
	free(pieces->gram_sums);
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
	header->sum_of_gram_sums = sum_of(pieces, BLOCK_GRAM_SUMS);
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
	set_grams(&pieces, &table);
	block_header_name(&header, stamp);
	header.rows = table.count;
	header.names = table.source_count;
	fill_header(&header, &pieces);
	written = write_padded(fd, &header, sizeof(header));
	for (size_t i = 0; i < BLOCK_COLUMNS && written; i++)
		written = write_padded(fd, pieces.columns[i].bytes, pieces.columns[i].length);
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
