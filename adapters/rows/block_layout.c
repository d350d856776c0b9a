#include "adapters/rows/block_layout.h"

#include <stdio.h>
#include <string.h>

#include "adapters/rows/checksum.h"
#include "domain/search/gram_index.h"
#include "domain/text.h"

#define MAGIC   UINT64_C(0x0a776f7279726b62) /* also says the order of bytes */
#define VERSION 6

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

	return sum_of_slice(
		group, table->folded_at, sizeof(*table->folded_at), rows.first, rows.end + 1);
}

uint64_t block_sum_of_letters(const struct row_table *table, size_t group)
{
	struct span rows = span_of(table, group);
	const size_t size = sizeof(*table->letters);
	uint64_t sum = sum_of_slice(group, table->letters, size, rows.first, rows.end);

	sum = sum_of_slice(sum, table->title_letters, size, rows.first, rows.end);
	return sum_of_slice(sum, table->start_letters, size, rows.first, rows.end);
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

uint64_t block_sum_of_grams(const struct row_table *table, size_t column)
{
	size_t words = gram_index_words(table->count);

	return checksum_of(table->grams + column * words, words * sizeof(*table->grams), column);
}
