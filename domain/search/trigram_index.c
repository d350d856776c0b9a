#include "domain/search/trigram_index.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "domain/base/memory.h"
#include "domain/search/bits.h"
#include "domain/search/text_scan.h"

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

#define PRESENT_BITS_MOST 24 /* then every three has a bit of its own */

size_t trigram_present_words(size_t rows)
{
	size_t words = 64;

	while (words < rows / 4 && words < ((size_t)1 << PRESENT_BITS_MOST) / 64)
		words *= 2;
	return words;
}

/* How far the hash of a three is shifted to be its bit of the set: in the largest no two share one.
 */
static unsigned present_shift(size_t rows)
{
	return PRESENT_BITS_MOST - 6 - (unsigned)__builtin_ctzll(trigram_present_words(rows));
}

static size_t present_bit(uint32_t three, unsigned shift)
{
	return (three * UINT32_C(0x9e3779b1) & ((UINT32_C(1) << PRESENT_BITS_MOST) - 1)) >> shift;
}

#define SET_WORDS BITS_WORDS(TRIGRAM_COLUMNS)

/* An index that is being made, of 64 groups at a time: so much stays in a near cache. */
struct trigram_builder {
	const struct row_table *table;
	uint64_t *columns;
	uint64_t *present;
	unsigned shift;
	uint64_t sets[64][SET_WORDS]; /* the columns of each of the groups */
};

static void add_text(struct trigram_builder *builder, uint64_t *set, const char *text, size_t size)
{
	uint64_t *present = builder->present;
	uint32_t four = 0; /* the last bytes, the first of them lowest */

	for (size_t i = 0; i + 1 < size; i++) {
		four = four >> 8 | (uint32_t)letter_lower(text[i]) << 24;
		if (i >= 2) {
			const size_t bit = present_bit(four >> 8, builder->shift);

			bits_add(set, column_of_three(four >> 8));
			if (!bits_has(present, bit))
				bits_add(present, bit);
		}
		if (i >= 3)
			bits_add(set, column_of_four(four));
	}
}

static void add_group(struct trigram_builder *builder, size_t group, uint64_t *set)
{
	const struct row_table *table = builder->table;

	for (enum row_field field = FIELD_TITLE; field < ROW_FIELDS; field++)
		for (size_t row = group * ROW_GROUP;
			row < (group + 1) * ROW_GROUP && row < table->count; row++)
			add_text(builder, set, row_table_text(table, row, field),
				text_column_size(&table->texts[field], row));
}

/* Bit i of word j becomes bit j of word i: squares of ever half the width change places. */
static void transpose(uint64_t words[static 64])
{
	uint64_t mask = UINT64_C(0xffffffff);

	for (unsigned width = 32; width; width /= 2, mask ^= mask << width)
		for (unsigned i = 0; i < 64; i = (i + width + 1) & ~width) {
			const uint64_t swap = (words[i] >> width ^ words[i + width]) & mask;

			words[i] ^= swap << width;
			words[i + width] ^= swap;
		}
}

/* One word of every column. */
static void add_to_columns(struct trigram_builder *builder, size_t word)
{
	const size_t words = trigram_index_words(builder->table->count);
	uint64_t square[64];

	for (size_t first = 0; first < SET_WORDS; first++) {
		for (size_t i = 0; i < 64; i++)
			square[i] = builder->sets[i][first];
		transpose(square);
		for (size_t i = 0; i < 64; i++)
			builder->columns[(first * 64 + i) * words + word] = square[i];
	}
}

void trigram_index_make(struct row_segment *segment)
{
	const struct row_table *table = row_segment_table(segment);
	const size_t words = trigram_index_words(table->count);
	struct trigram_builder *builder = memory_new(sizeof(*builder));

	builder->table = table;
	builder->columns = memory_array(TRIGRAM_COLUMNS * words, sizeof(*builder->columns));
	builder->present =
		memory_array(trigram_present_words(table->count), sizeof(*builder->present));
	builder->shift = present_shift(table->count);
	for (size_t word = 0; word < words; word++) {
		memset(builder->sets, 0, sizeof(builder->sets));
		for (size_t i = 0; i < 64; i++)
			add_group(builder, word * 64 + i, builder->sets[i]);
		add_to_columns(builder, word);
	}
	row_segment_take_trigrams(segment, builder->columns, builder->present);
	free(builder);
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
	const struct row_table *table = row_segment_table(segment);
	const size_t bit = present_bit(three, present_shift(table->count));

	return row_segment_verify(segment, table->present + bit / 64, sizeof(*table->present)) &&
	       bits_has(table->present, bit);
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
