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

#define PRESENT_BITS_MOST 24 /* then every three has a bit of its own */

size_t trigram_present_words(size_t rows)
{
	size_t words = 64;

	while (words < rows / 4 && words < ((size_t)1 << PRESENT_BITS_MOST) / 64)
		words *= 2;
	return words;
}

/* Which bit of the set of all threes is this one's: no two share one in the largest set. */
static size_t present_bit(uint32_t three, size_t words)
{
	const uint32_t hash =
		three * UINT32_C(0x9e3779b1) & ((UINT32_C(1) << PRESENT_BITS_MOST) - 1);

	return hash >> (PRESENT_BITS_MOST - 6 - __builtin_ctzll(words));
}

/*
 * Gathered group by group, where a set stays in the nearest cache while the group's texts are
 * added; columns are made of them only in the end.
 */
struct trigram_builder {
	size_t groups;
	uint64_t *sets; /* TRIGRAM_COLUMNS bits for each group */
	uint64_t *present;
	size_t present_words;
};

#define SET_WORDS BITS_WORDS(TRIGRAM_COLUMNS)

struct trigram_builder *trigram_builder_new(size_t rows)
{
	struct trigram_builder *builder = memory_new(sizeof(*builder));

	builder->groups = (rows + ROW_GROUP - 1) / ROW_GROUP;
	builder->sets = memory_array(builder->groups * SET_WORDS, sizeof(*builder->sets));
	builder->present_words = trigram_present_words(rows);
	builder->present = memory_array(builder->present_words, sizeof(*builder->present));
	return builder;
}

void trigram_builder_free(struct trigram_builder *builder)
{
	if (!builder)
		return;
	free(builder->sets);
	free(builder->present);
	free(builder);
}

void trigram_builder_add(struct trigram_builder *builder, size_t row, const char *text, size_t size)
{
	uint64_t *set = builder->sets + row / ROW_GROUP * SET_WORDS;
	uint32_t four = 0; /* the last bytes, the first of them lowest */

	for (size_t i = 0; i + 1 < size; i++) {
		four = four >> 8 | (uint32_t)letter_lower(text[i]) << 24;
		if (i >= 2) {
			const size_t bit = present_bit(four >> 8, builder->present_words);

			bits_add(set, column_of_three(four >> 8));
			if (!bits_has(builder->present, bit))
				bits_add(builder->present, bit);
		}
		if (i >= 3)
			bits_add(set, column_of_four(four));
	}
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

void trigram_builder_columns(const struct trigram_builder *builder, size_t first, uint64_t *columns)
{
	const size_t words = BITS_WORDS(builder->groups);
	uint64_t square[TRIGRAM_BATCH];

	for (size_t word = 0; word < words; word++) {
		for (size_t i = 0; i < 64; i++)
			square[i] =
				word * 64 + i < builder->groups
					? builder->sets[(word * 64 + i) * SET_WORDS + first / 64]
					: 0;
		transpose(square);
		for (size_t i = 0; i < TRIGRAM_BATCH; i++)
			columns[i * words + word] = square[i];
	}
}

const uint64_t *trigram_builder_present(const struct trigram_builder *builder)
{
	return builder->present;
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
	const size_t bit = present_bit(three, trigram_present_words(table->count));

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
