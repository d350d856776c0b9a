#include <stdlib.h>
#include <string.h>

#include "domain/base/memory.h"
#include "domain/search/bits.h"
#include "domain/search/consult.h"

/* How far into a fuzzy word its letters have been found, of one chunk: rows, by letters found. */
struct fuzzy_rows {
	uint64_t possible[FUZZY_LONGEST + 1][INDEX_WORDS];
	uint64_t sure[FUZZY_LONGEST + 1][INDEX_WORDS];
};

/* One letter further, and of a part as many as there are; surely only one. */
static void follow_part(const struct consulted *consulted, const struct match_step *step,
	size_t part, size_t chunk, struct fuzzy_rows *rows)
{
	const size_t words = index_chunk_words(consulted->rows, chunk);
	const size_t length = step->length < FUZZY_LONGEST ? step->length : FUZZY_LONGEST;

	for (size_t i = length; i-- > 0;) {
		const uint64_t *piece = row_index_piece(consulted->index, consulted->rows,
			index_letter_column(part, letter_bit((unsigned char)step->text[i])), chunk);

		for (size_t word = 0; word < words; word++)
			rows->sure[i + 1][word] |= rows->sure[i][word] & piece[word];
	}
	for (size_t i = 0; i < length; i++) {
		const uint64_t *piece = row_index_piece(consulted->index, consulted->rows,
			index_letter_column(part, letter_bit((unsigned char)step->text[i])), chunk);

		for (size_t word = 0; word < words; word++)
			rows->possible[i + 1][word] |= rows->possible[i][word] & piece[word];
	}
}

static bool is_trusted(
	const struct consulted *consulted, const struct match_step *step, enum sense place)
{
	for (size_t i = 0; i < place_parts[place].count; i++)
		for (uint64_t left = step->letters; left; left &= left - 1)
			if (!row_block_trust_column(consulted->block,
				    index_letter_column(place_parts[place].first + i,
					    (unsigned)__builtin_ctzll(left))))
				return false;
	return true;
}

static bool is_all_plain(const struct match_step *step)
{
	for (size_t i = 0; i < step->length; i++)
		if (!letter_is_plain((unsigned char)step->text[i]))
			return false;
	return step->length <= FUZZY_LONGEST;
}

void consult_order(const struct consulted *consulted, struct match_step *step, enum sense place)
{
	const size_t length = step->length < FUZZY_LONGEST ? step->length : FUZZY_LONGEST;
	const bool sure = is_all_plain(step) && (place != SENSE_TAGS || step->length == 1);
	struct fuzzy_rows *rows = memory_new(sizeof(*rows));
	struct known *known = &step->known[place];

	consult_possible(consulted, known);
	known->sure = memory_array(consulted->words, sizeof(*known->sure));
	for (size_t chunk = 0;
		chunk < index_chunks(consulted->rows) && is_trusted(consulted, step, place);
		chunk++) {
		const size_t words = index_chunk_words(consulted->rows, chunk);
		const size_t bytes = words * sizeof(uint64_t);
		const size_t at = chunk * INDEX_WORDS;

		memset(rows, 0, sizeof(*rows));
		memcpy(rows->possible[0], known->possible + at, bytes);
		memcpy(rows->sure[0], known->possible + at, bytes);
		for (size_t i = 0; i < place_parts[place].count; i++)
			follow_part(consulted, step, place_parts[place].first + i, chunk, rows);
		memcpy(known->possible + at, rows->possible[length], bytes);
		if (sure)
			memcpy(known->sure + at, rows->sure[length], bytes);
	}
	known->exact = match_is_letter(step);
	free(rows);
}
