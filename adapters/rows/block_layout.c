#include "adapters/rows/block_layout.h"

#include <stdio.h>
#include <string.h>

#include "adapters/rows/checksum.h"
#include "domain/search/bits.h"
#include "domain/search/gram_index.h"
#include "domain/search/row_index.h"
#include "domain/base/text.h"

#define MAGIC   UINT64_C(0x0a776f7279726b62) /* also says the order of bytes */
#define VERSION 9

size_t block_groups(size_t rows)
{
	return (rows + ROW_GROUP - 1) / ROW_GROUP;
}

uint64_t block_rounded(uint64_t length)
{
	return (length + 7) / 8 * 8;
}

void block_header_name(struct block_header *header, const struct library_stamp *stamp)
{
	memset(header, 0, sizeof(*header));
	header->magic = MAGIC;
	header->version = VERSION;
	snprintf(header->folding, sizeof(header->folding), "%s", text_fold_version());
	snprintf(header->stamp.uuid, sizeof(header->stamp.uuid), "%s", stamp->uuid);
	header->stamp.last_event = stamp->last_event;
	header->stamp.mark = stamp->mark;
}

uint64_t block_header_sum(const struct block_header *header)
{
	return checksum_of(header, offsetof(struct block_header, sum), 0);
}

/* The rows of a group: from first, below end. */
struct span {
	size_t first;
	size_t end;
};

static struct span span_of(const struct row_table *table, size_t group)
{
	size_t first = group * ROW_GROUP;
	size_t end = first + ROW_GROUP;

	return (struct span){first, end < table->count ? end : table->count};
}

static uint64_t sum_of_slice(
	uint64_t seed, const void *column, size_t size, size_t first, size_t end)
{
	return checksum_of((const char *)column + first * size, (end - first) * size, seed);
}

uint64_t block_sum_of_order(const struct row_table *table, size_t group)
{
	struct span rows = span_of(table, group);
	uint64_t sum = sum_of_slice(group, table->ids, sizeof(*table->ids), rows.first, rows.end);

	sum = sum_of_slice(sum, table->by_id, sizeof(*table->by_id), rows.first, rows.end);
	return sum_of_slice(sum, table->added, sizeof(*table->added), rows.first, rows.end);
}

/* The offsets of the group's end too, where the next one begins. */
uint64_t block_sum_of_folded_at(const struct row_table *table, size_t group)
{
	struct span rows = span_of(table, group);
	uint64_t sum =
		sum_of_slice(group, table->fields, sizeof(*table->fields), rows.first, rows.end);

	return sum_of_slice(
		sum, table->folded_at, sizeof(*table->folded_at), rows.first, rows.end + 1);
}

uint64_t block_sum_of_other(const struct row_table *table, size_t group)
{
	struct span rows = span_of(table, group);
	uint64_t sum = sum_of_slice(
		group, table->modified, sizeof(*table->modified), rows.first, rows.end);

	sum = sum_of_slice(sum, table->kept_at, sizeof(*table->kept_at), rows.first, rows.end + 1);
	sum = sum_of_slice(sum, table->sources, sizeof(*table->sources), rows.first, rows.end);
	return sum_of_slice(sum, table->flags, sizeof(*table->flags), rows.first, rows.end);
}

static uint64_t sum_of_text(const char *text, const uint64_t *at, struct span rows)
{
	uint64_t begin = at[rows.first];

	return checksum_of(text + begin, (size_t)(at[rows.end] - begin), begin);
}

uint64_t block_sum_of_folded(const struct row_table *table, size_t group)
{
	return sum_of_text(table->folded, table->folded_at, span_of(table, group));
}

uint64_t block_sum_of_kept(const struct row_table *table, size_t group)
{
	return sum_of_text(table->kept, table->kept_at, span_of(table, group));
}

static uint64_t sum_of_grams(const struct row_table *table, size_t column)
{
	const size_t words = gram_index_words(table->count);
	const uint64_t *grams = table->index->grams + (column - table->index->column_count) * words;

	return checksum_of(grams, words * sizeof(*grams), column);
}

uint64_t block_sum_of_piece(
	uint64_t sum, const uint64_t *piece, size_t rows, size_t column, size_t chunk)
{
	return checksum_of(
		piece, index_chunk_words(rows, chunk) * sizeof(*piece), chunk ? sum : column);
}

uint64_t block_sum_of_column(const struct row_table *table, size_t column)
{
	uint64_t sum = 0;

	if (column >= table->index->column_count)
		return sum_of_grams(table, column);
	for (size_t chunk = 0; chunk < index_chunks(table->count); chunk++)
		sum = block_sum_of_piece(sum,
			row_index_piece(table->index, table->count, column, chunk), table->count,
			column, chunk);
	return sum;
}
