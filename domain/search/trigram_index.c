#include "domain/search/trigram_index.h"

#include <stdlib.h>
#include <string.h>

#include "domain/base/memory.h"
#include "domain/search/bits.h"
#include "domain/search/letters.h"

static uint32_t bytes_of(const char *bytes, size_t count)
{
	uint32_t value = 0;

	for (size_t i = 0; i < count; i++)
		value |= (uint32_t)(unsigned char)bytes[i] << (8 * i);
	return value;
}

static size_t column_of_three(uint32_t bytes)
{
	return bytes * UINT32_C(0x9e3779b1) >> 17;
}

static size_t column_of_four(uint32_t bytes)
{
	return (bytes ^ UINT32_C(0x5bd1e995)) * UINT32_C(0x85ebca6b) >> 17;
}

size_t trigram_index_words(size_t rows)
{
	return BITS_WORDS((rows + ROW_GROUP - 1) / ROW_GROUP);
}

/* Texts one behind the other, each with its NUL: nothing that is looked for reaches over one. */
static void gather(const char *text, size_t length, uint64_t *set)
{
	uint32_t four = 0; /* the last bytes, the first of them lowest */
	size_t seen = 0;   /* of the text that the bytes are in */

	for (size_t i = 0; i < length; i++) {
		four = four >> 8 | (uint32_t)letter_lower(text[i]) << 24;
		seen = text[i] ? seen + 1 : 0;
		if (seen >= 3)
			bits_add(set, column_of_three(four >> 8));
		if (seen >= 4)
			bits_add(set, column_of_four(four));
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
		bits_and(groups, table->trigrams + column_of_three(bytes_of(word + i, 3)) * words, words);
		if (i + 4 <= length)
			bits_and(groups, table->trigrams + column_of_four(bytes_of(word + i, 4)) * words, words);
	}
}
