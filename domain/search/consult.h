#ifndef DOMAIN_SEARCH_CONSULT_H
#define DOMAIN_SEARCH_CONSULT_H

#include "domain/search/match_step.h"
#include "domain/search/row_index.h"

/* The index of a block, as it is asked about the words of a query. Private to the matcher's files.
 */
struct consulted {
	struct row_block *block;
	const struct row_index *index;
	size_t rows;
	size_t words; /* of a bit a row */
};

/* The parts of a row that are one place, by enum sense; SENSE_ROW has none of its own. */
struct place_parts {
	enum index_part first;
	size_t count;
};

extern const struct place_parts place_parts[];

/* The rows that are possible: all, until something is known. To be narrowed. */
uint64_t *consult_possible(const struct consulted *consulted, struct known *known);

/* Narrows them by a column of the index, which may turn out to be damaged: then it says nothing. */
void consult_by_column(const struct consulted *consulted, struct known *known, size_t column);

/* By letters (letter_bit(), letters_of()) that a place must have, in whichever part. */
void consult_by_letter(
	const struct consulted *consulted, struct known *known, enum sense place, unsigned letter);
void consult_by_letters(
	const struct consulted *consulted, struct known *known, enum sense place, uint64_t letters);

/*
 * By the order in which the parts of a place have the letters of a fuzzy word; where they have
 * them one by one, it is sure that they stand so. A tag counts alone, so there it is not.
 */
void consult_order(const struct consulted *consulted, struct match_step *step, enum sense place);

#endif
