#ifndef DOMAIN_SEARCH_GRAM_INDEX_H
#define DOMAIN_SEARCH_GRAM_INDEX_H

#include <stddef.h>
#include <stdint.h>

#include "domain/search/row_block.h"

/*
 * Which groups of rows can hold a word at all. Every three bytes that follow each other in a
 * folded text set one bit of their group, in the column that their hash names, and so do every
 * four; a word can only be in a group that has the bits of all its threes and fours. A column is a
 * bit a group, so that a word reads a few columns and no text. Wrong only in the safe direction.
 */
#define GRAM_COLUMNS 32768

size_t gram_index_words(size_t rows); /* of one column, in words of 64 bits */

/* An index of all rows of a table: GRAM_COLUMNS columns; the caller frees it. */
uint64_t *gram_index_new(const struct row_table *table);

/*
 * Leaves of the groups those that can hold the word. Only columns that can be trusted are read:
 * a damaged one damages the block.
 */
void gram_index_narrow(struct row_block *block, const char *word, size_t length, uint64_t *groups);

#endif
