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

/*
 * The bit of the last three of some bytes, by what was it of those before: six bits of each, which
 * no two of ASCII share but for letters that differ in their case, and a few marks.
 */
static uint32_t present_bit(uint32_t before, unsigned char byte)
{
	return (before << 6 | (byte & 0x1f) | (byte & 0x40) >> 1) % (64 * TRIGRAM_PRESENT_WORDS);
}

#define SET_WORDS BITS_WORDS(TRIGRAM_COLUMNS)

/* An index that is being made, of 64 groups at a time: so much stays in a near cache. */
struct trigram_builder {
	const struct row_table *table;
	uint64_t *columns;
	uint64_t *present;
	uint64_t sets[64][SET_WORDS]; /* the columns of each of the groups */
};

static void add_text(uint64_t *set, uint64_t *present, const char *text, size_t length)
{
	uint32_t four = 0; /* the last bytes, the first of them lowest */
	uint32_t bit = 0;

	for (size_t i = 0; i < length; i++) {
		const unsigned char byte = letter_lower(text[i]);

		four = four >> 8 | (uint32_t)byte << 24;
		bit = present_bit(bit, byte);
		if (i < 2)
			continue;
		bits_add(set, column_of_three(four >> 8));
		if (!bits_has(present, bit))
			bits_add(present, bit);
		if (i > 2)
			bits_add(set, column_of_four(four));
	}
}

static void add_group(struct trigram_builder *builder, size_t group, uint64_t *set)
{
	const struct row_table *table = builder->table;

	for (enum row_field field = FIELD_TITLE; field < ROW_FIELDS; field++)
		for (size_t row = group * ROW_GROUP;
			row < (group + 1) * ROW_GROUP && row < table->count; row++)
			add_text(set, builder->present, row_table_text(table, row, field),
				text_column_size(&table->texts[field], row) - 1);
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
	builder->present = memory_array(TRIGRAM_PRESENT_WORDS, sizeof(*builder->present));
	for (size_t word = 0; word < words; word++) {
		memset(builder->sets, 0, sizeof(builder->sets));
		for (size_t i = 0; i < 64; i++)
			add_group(builder, word * 64 + i, builder->sets[i]);
		add_to_columns(builder, word);
	}
	row_segment_take_trigrams(segment, builder->columns, builder->present);
	free(builder);
}

/* A word of a set that is verified first; nothing is in one that is damaged. */
static uint64_t word_of(struct row_segment *segment, const uint64_t *word)
{
	return row_segment_verify(segment, word, sizeof(*word)) ? *word : 0;
}

/* Are all threes of the word anywhere? */
static bool is_present(struct row_segment *segment, const char *word, size_t length)
{
	const uint64_t *present = row_segment_table(segment)->present;
	uint32_t bit = 0;

	for (size_t i = 0; i < length; i++) {
		bit = present_bit(bit, (unsigned char)word[i]);
		if (i >= 2 && !(word_of(segment, present + bit / 64) >> bit % 64 & 1))
			return false;
	}
	return true;
}

uint64_t trigram_index_groups(
	struct row_segment *segment, const char *word, size_t length, size_t first)
{
	const struct row_table *table = row_segment_table(segment);
	const size_t words = trigram_index_words(table->count);
	const uint64_t *columns = table->trigrams + first / 64;
	uint64_t groups = is_present(segment, word, length) ? UINT64_MAX : 0;

	for (size_t i = 0; groups && i + 3 <= length; i++) {
		size_t column = column_of_three(bytes_of(word + i, 3));

		groups &= word_of(segment, columns + column * words);
		if (i + 4 > length)
			break;
		column = column_of_four(bytes_of(word + i, 4));
		groups &= word_of(segment, columns + column * words);
	}
	return groups >> first % 64;
}
