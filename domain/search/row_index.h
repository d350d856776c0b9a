#ifndef DOMAIN_SEARCH_ROW_INDEX_H
#define DOMAIN_SEARCH_ROW_INDEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "domain/search/bits.h"
#include "domain/search/common_grams.h"
#include "domain/search/letters.h"
#include "domain/search/row_block.h"

/*
 * Which rows of a block hold what, in columns of bits, a bit a row, so that most questions are
 * answered without the texts, or with few of them:
 *
 * - of every letter (letters.h) in every part of a row: the rows that have it there;
 * - of every common gram: the rows that have it anywhere; of a very common one also those that
 *   have it in the title, and at the beginning of a word;
 * - and, by groups of rows, of everything rare: gram_index.h.
 *
 * A column is read only after it was checked (row_block_trust_column()). Columns are numbered
 * through: those of letters, of common grams, of groups.
 */

/*
 * Title and notes have three parts of a length; of an address the host is one, and what follows
 * two. So it shows in which order letters stand.
 */
enum index_part {
	INDEX_TITLE,
	INDEX_URL = 3,
	INDEX_NOTES = 6,
	INDEX_TAGS = 9,
	INDEX_STARTS, /* the beginnings of words, in all of them */
	INDEX_PARTS
};

#define PARTS_OF_FIELD 3

static inline size_t index_letter_column(size_t part, unsigned letter)
{
	return part * LETTERS + letter;
}

/* Where a very common gram stands; a common one has only the first column. */
enum gram_sense { GRAM_ANYWHERE, GRAM_IN_TITLE, GRAM_AT_START, GRAM_SENSES };

/*
 * So that an index is made in little memory, the columns of so many rows stand together, each of
 * INDEX_WORDS words (of the last rows, as many as they need).
 */
#define INDEX_CHUNK 65536
#define INDEX_WORDS (INDEX_CHUNK / 64)

struct row_index {
	const struct common_gram *common;
	size_t common_count;
	const uint64_t *columns; /* column_count of them, by chunk */
	size_t column_count;
	const uint64_t *grams; /* GRAM_COLUMNS, of gram_index_words(rows) words each */
};

static inline size_t index_chunks(size_t rows)
{
	return (rows + INDEX_CHUNK - 1) / INDEX_CHUNK;
}

static inline size_t index_chunk_words(size_t rows, size_t chunk)
{
	size_t words = BITS_WORDS(rows) - chunk * INDEX_WORDS;

	return words < INDEX_WORDS ? words : INDEX_WORDS;
}

/* The part of one of the first column_count columns that is of one chunk. */
static inline const uint64_t *row_index_piece(
	const struct row_index *index, size_t rows, size_t column, size_t chunk)
{
	return index->columns + chunk * index->column_count * INDEX_WORDS +
	       column * index_chunk_words(rows, chunk);
}

size_t row_index_columns(const struct row_index *index); /* all of them */

/* Makes an index of all rows of a table, which is lent: all of it but the columns at once, */
struct row_indexer;

struct row_indexer *row_indexer_new(const struct row_table *table);
void row_indexer_free(struct row_indexer *indexer);
const struct row_index *row_indexer_index(const struct row_indexer *indexer); /* lent */

/* and of these, which are NULL, those of a chunk: column_count pieces, one behind the other. */
void row_indexer_fill(const struct row_indexer *indexer, size_t chunk, uint64_t *pieces);

#endif
