#ifndef DOMAIN_SEARCH_TRIGRAM_INDEX_H
#define DOMAIN_SEARCH_TRIGRAM_INDEX_H

#include <stddef.h>
#include <stdint.h>

#include "domain/search/row_segment.h"

/*
 * Which groups of rows can hold a word at all. Every three bytes that follow each other in a
 * text (letters made small) set one bit of their group, in the column that their hash names, and so
 * do every four; a word can only be in a group that has the bits of all its threes and fours. A
 * column is a bit a group, so that a word reads a few columns and no text. Wrong only in the safe
 * direction.
 */
#define TRIGRAM_COLUMNS  32768
#define TRIGRAM_SHORTEST 3 /* bytes of a word that can be asked for */

size_t trigram_index_words(size_t rows); /* of one column, in words of 64 bits */

/* Beside them a set of all threes that are anywhere, by six bits of each of their bytes. */
#define TRIGRAM_PRESENT_WORDS (64 * 64)

/* Makes both, the columns one behind the other, of a segment that is sorted. */
void trigram_index_make(struct row_segment *segment);

/*
 * Which groups of a segment that has an index can hold the word, a bit each: those from first on,
 * as far as the word of 64 that it is in goes. None if the segment turns out to be corrupt.
 */
uint64_t trigram_index_groups(
	struct row_segment *segment, const char *word, size_t length, size_t first);

#endif
