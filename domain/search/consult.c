#include "domain/search/consult.h"

#include <stdlib.h>

#include "domain/base/memory.h"
#include "domain/search/bits.h"

/* The parts of a row that are one place. */
const struct place_parts place_parts[] = {
	[SENSE_TITLE] = {INDEX_TITLE, PARTS_OF_FIELD},
	[SENSE_URL] = {INDEX_URL, PARTS_OF_FIELD},
	[SENSE_NOTES] = {INDEX_NOTES, PARTS_OF_FIELD},
	[SENSE_TAGS] = {INDEX_TAGS, 1},
	[SENSE_STARTS] = {INDEX_STARTS, 1},
};

static uint64_t *all_rows(const struct consulted *consulted)
{
	uint64_t *rows = memory_array(consulted->words, sizeof(*rows));

	bits_fill(rows, consulted->rows);
	return rows;
}

uint64_t *consult_possible(const struct consulted *consulted, struct known *known)
{
	if (!known->possible)
		known->possible = all_rows(consulted);
	return known->possible;
}

void consult_by_column(const struct consulted *consulted, struct known *known, size_t column)
{
	uint64_t *rows = consult_possible(consulted, known);

	if (!row_block_trust_column(consulted->block, column))
		return;
	for (size_t chunk = 0; chunk < index_chunks(consulted->rows); chunk++)
		bits_and(rows + chunk * INDEX_WORDS,
			row_index_piece(consulted->index, consulted->rows, column, chunk),
			index_chunk_words(consulted->rows, chunk));
}

void consult_by_letter(
	const struct consulted *consulted, struct known *known, enum sense place, unsigned letter)
{
	uint64_t *rows = consult_possible(consulted, known);

	for (size_t i = 0; i < place_parts[place].count; i++)
		if (!row_block_trust_column(consulted->block,
			    index_letter_column(place_parts[place].first + i, letter)))
			return;
	for (size_t chunk = 0; chunk < index_chunks(consulted->rows); chunk++) {
		const size_t words = index_chunk_words(consulted->rows, chunk);
		uint64_t any[INDEX_WORDS] = {0};

		for (size_t i = 0; i < place_parts[place].count; i++)
			bits_or(any,
				row_index_piece(consulted->index, consulted->rows,
					index_letter_column(place_parts[place].first + i, letter),
					chunk),
				words);
		bits_and(rows + chunk * INDEX_WORDS, any, words);
	}
}

void consult_by_letters(
	const struct consulted *consulted, struct known *known, enum sense place, uint64_t letters)
{
	for (; letters; letters &= letters - 1)
		consult_by_letter(consulted, known, place, (unsigned)__builtin_ctzll(letters));
}
