#include "domain/search/trigram_index.h"

#include <stdbool.h>
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

/* Of a text with its NUL, which is not looked for. */
static void gather(const char *text, size_t size, uint64_t *set, uint64_t *present)
{
	uint32_t four = 0; /* the last bytes, the first of them lowest */

	for (size_t i = 0; i + 1 < size; i++) {
		four = four >> 8 | (uint32_t)letter_lower(text[i]) << 24;
		if (i >= 2) {
			bits_add(set, column_of_three(four >> 8));
			bits_add(present, four >> 8);
		}
		if (i >= 3)
			bits_add(set, column_of_four(four));
	}
}

/* Hashes of a group are gathered in a set of their own first: it stays in the nearest cache. */
struct gathering {
	const struct row_table *table;
	const uint32_t *order;
	uint64_t *set;
	uint64_t *present;
};

static void gather_group(const struct gathering *gathering, size_t first, size_t end)
{
	const struct row_table *table = gathering->table;

	memset(gathering->set, 0, BITS_WORDS(TRIGRAM_COLUMNS) * sizeof(*gathering->set));
	for (size_t i = first; i < end; i++)
		for (enum row_field field = FIELD_TITLE; field < ROW_FIELDS; field++) {
			const size_t row = gathering->order ? gathering->order[i] : i;

			gather(row_table_text(table, row, field),
				text_column_size(&table->fields[field], row), gathering->set,
				gathering->present);
		}
}

static void spread(const uint64_t *set, size_t group, size_t words, uint64_t *columns)
{
	for (size_t i = bits_next(set, 0, TRIGRAM_COLUMNS); i < TRIGRAM_COLUMNS;
		i = bits_next(set, i + 1, TRIGRAM_COLUMNS))
		bits_add(columns + i * words, group);
}

void trigram_index_init(
	struct trigram_index *index, const struct row_table *table, const uint32_t *order)
{
	const size_t words = trigram_index_words(table->count);
	struct gathering gathering = {.table = table, .order = order};

	index->columns = memory_array(words * TRIGRAM_COLUMNS, sizeof(*index->columns));
	index->present = memory_array(TRIGRAM_PRESENT_WORDS, sizeof(*index->present));
	gathering.set = memory_array(BITS_WORDS(TRIGRAM_COLUMNS), sizeof(*gathering.set));
	gathering.present = index->present;
	for (size_t first = 0; first < table->count; first += ROW_GROUP) {
		size_t end = first + ROW_GROUP < table->count ? first + ROW_GROUP : table->count;

		gather_group(&gathering, first, end);
		spread(gathering.set, first / ROW_GROUP, words, index->columns);
	}
	free(gathering.set);
}

void trigram_index_finish(struct trigram_index *index)
{
	free(index->columns);
	free(index->present);
}

/* Drops the groups that lack a column, or all of them if it cannot be believed. */
static void narrow(struct row_segment *segment, size_t column, uint64_t *groups)
{
	const struct row_table *table = row_segment_table(segment);
	const size_t words = trigram_index_words(table->count);
	const uint64_t *has = table->trigrams + column * words;

	if (row_segment_verify(segment, has, words * sizeof(*has)))
		bits_and(groups, has, words);
	else
		memset(groups, 0, words * sizeof(*groups));
}

static bool is_present(struct row_segment *segment, uint32_t three)
{
	const uint64_t *present = row_segment_table(segment)->present;

	return row_segment_verify(segment, present + three / 64, sizeof(*present)) &&
	       bits_has(present, three);
}

void trigram_index_narrow(
	struct row_segment *segment, const char *word, size_t length, uint64_t *groups)
{
	for (size_t i = 0; i + 3 <= length; i++)
		if (!is_present(segment, bytes_of(word + i, 3))) {
			memset(groups, 0,
				trigram_index_words(row_segment_table(segment)->count) *
					sizeof(*groups));
			return;
		}
	for (size_t i = 0; i + 3 <= length; i++) {
		narrow(segment, column_of_three(bytes_of(word + i, 3)), groups);
		if (i + 4 <= length)
			narrow(segment, column_of_four(bytes_of(word + i, 4)), groups);
	}
}
