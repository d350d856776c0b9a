#include "domain/search/gram_index.h"

#include <stdlib.h>
#include <string.h>

#include "domain/search/bits.h"
#include "domain/base/memory.h"
#include "domain/search/row_index.h"

static uint32_t bytes_of(const char *bytes, size_t count)
{
	uint32_t value = 0;

	for (size_t i = 0; i < count; i++)
		value |= (uint32_t)(unsigned char)bytes[i] << (8 * i);
	return value;
}

static size_t column_of_three(const char *bytes)
{
	return bytes_of(bytes, 3) * UINT32_C(0x9e3779b1) >> 17;
}

static size_t column_of_four(const char *bytes)
{
	return (bytes_of(bytes, 4) ^ UINT32_C(0x5bd1e995)) * UINT32_C(0x85ebca6b) >> 17;
}

size_t gram_index_words(size_t rows)
{
	return BITS_WORDS((rows + ROW_GROUP - 1) / ROW_GROUP);
}

/* Hashes of a group are gathered in a set of their own first: it stays in the nearest cache. */
static void gather(const char *text, size_t length, uint64_t *set)
{
	for (size_t i = 0; i + 3 <= length; i++) {
		bits_add(set, column_of_three(text + i));
		if (i + 4 <= length)
			bits_add(set, column_of_four(text + i));
	}
}

static void spread(const uint64_t *set, size_t group, size_t words, uint64_t *index)
{
	for (size_t i = bits_next(set, 0, GRAM_COLUMNS); i < GRAM_COLUMNS;
		i = bits_next(set, i + 1, GRAM_COLUMNS))
		bits_add(index + i * words, group);
}

uint64_t *gram_index_new(const struct row_table *table)
{
	size_t words = gram_index_words(table->count);
	uint64_t *index = memory_array(words * GRAM_COLUMNS, sizeof(*index));
	uint64_t *set = memory_array(BITS_WORDS(GRAM_COLUMNS), sizeof(*set));

	for (size_t first = 0; first < table->count; first += ROW_GROUP) {
		size_t end = first + ROW_GROUP < table->count ? first + ROW_GROUP : table->count;

		memset(set, 0, BITS_WORDS(GRAM_COLUMNS) * sizeof(*set));
		gather(table->folded + table->folded_at[first],
			(size_t)(table->folded_at[end] - table->folded_at[first]), set);
		spread(set, first / ROW_GROUP, words, index);
	}
	free(set);
	return index;
}

static void narrow(struct row_block *block, size_t column, uint64_t *groups)
{
	const struct row_table *table = row_block_table(block);
	const size_t words = gram_index_words(table->count);

	if (!row_block_trust_column(block, table->index->column_count + column))
		return;
	for (size_t i = 0; i < words; i++)
		groups[i] &= table->index->grams[column * words + i];
}

void gram_index_narrow(struct row_block *block, const char *word, size_t length, uint64_t *groups)
{
	for (size_t i = 0; i + 3 <= length; i++) {
		narrow(block, column_of_three(word + i), groups);
		if (i + 4 <= length)
			narrow(block, column_of_four(word + i), groups);
	}
}
