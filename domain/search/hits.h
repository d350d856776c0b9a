#ifndef DOMAIN_SEARCH_HITS_H
#define DOMAIN_SEARCH_HITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "domain/search/stock.h"

/*
 * Some rows of a stock, newest first, without a list of them: a bit a row of the base with counts
 * here and there, and the few added ones with where they stand among those.
 */
struct hits {
	uint64_t *bits; /* of the base */
	size_t words;
	size_t *before;    /* hits before each group of words, and at the end all of them */
	row_ref *added;    /* newest first */
	size_t *positions; /* of each added one among all hits */
	size_t added_count;
	size_t added_capacity;
	size_t count;
};

void hits_init(struct hits *hits, size_t base_rows);
void hits_finish(struct hits *hits);

/* Fill bits and add refs in any order; then make it ready to be asked. */
void hits_add(struct hits *hits, row_ref ref);
void hits_ready(struct hits *hits, struct stock *stock);

row_ref hits_at(const struct hits *hits, size_t position); /* position < count */
bool hits_position(const struct hits *hits, row_ref ref, size_t *position);

#endif
