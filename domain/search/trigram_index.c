#include "domain/search/trigram_index.h"

#include <stdlib.h>
#include <string.h>

#include "domain/base/memory.h"
#include "domain/search/bits.h"

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

size_t trigram_index_words(size_t rows)
{
	return BITS_WORDS((rows + ROW_GROUP - 1) / ROW_GROUP);
}

static void gather(const char *text, size_t length, uint64_t *set)
{
	for (size_t i = 0; i + 3 <= length; i++) {
		bits_add(set, column_of_three(text + i));
		if (i + 4 <= length)
			bits_add(set, column_of_four(text + i));
	}
}

/* Hashes of a group are gathered in a set of their own first: it stays in the nearest cache. */
static void gather_group(const struct row_table *table, size_t first, size_t end, uint64_t *set)
{
	memset(set, 0, BITS_WORDS(TRIGRAM_COLUMNS) * sizeof(*set));
	for (enum row_field field = FIELD_TITLE; field < ROW_FIELDS; field++) {
		const char *text = row_table_text(table, first, field);

		gather(text, (size_t)(row_table_text(table, end, field) - text), set);
	}
}

static void spread(const uint64_t *set, size_t group, size_t words, uint64_t *index)
{
	for (size_t i = bits_next(set, 0, TRIGRAM_COLUMNS); i < TRIGRAM_COLUMNS;
		i = bits_next(set, i + 1, TRIGRAM_COLUMNS))
		bits_add(index + i * words, group);
}

uint64_t *trigram_index_new(const struct row_table *table)
{
	size_t words = trigram_index_words(table->count);
	uint64_t *index = memory_array(words * TRIGRAM_COLUMNS, sizeof(*index));
	uint64_t *set = memory_array(BITS_WORDS(TRIGRAM_COLUMNS), sizeof(*set));

	for (size_t first = 0; first < table->count; first += ROW_GROUP) {
		size_t end = first + ROW_GROUP < table->count ? first + ROW_GROUP : table->count;

		gather_group(table, first, end, set);
		spread(set, first / ROW_GROUP, words, index);
	}
	free(set);
	return index;
}

void trigram_index_narrow(
	const struct row_table *table, const char *word, size_t length, uint64_t *groups)
{
	const size_t words = trigram_index_words(table->count);

	for (size_t i = 0; i + 3 <= length; i++) {
		bits_and(groups, table->trigrams + column_of_three(word + i) * words, words);
		if (i + 4 <= length)
			bits_and(groups, table->trigrams + column_of_four(word + i) * words, words);
	}
}
