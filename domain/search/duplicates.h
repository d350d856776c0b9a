#ifndef DOMAIN_SEARCH_DUPLICATES_H
#define DOMAIN_SEARCH_DUPLICATES_H

#include <stddef.h>
#include <stdint.h>

#include "domain/search/row_block.h"

/* Some rows of a table: those whose bit is not set in dead, or all if that is NULL. */
struct live_rows {
	const struct row_table *table;
	const uint64_t *dead;
};

/*
 * Marks the rows that have a double among all of these: another one with the same title (exactly,
 * and not empty), or with the same address but for http or https. found[i] has BITS_WORDS() of
 * parts[i]'s rows, all zero.
 */
void duplicates_find(const struct live_rows *parts, size_t count, uint64_t *const *found);

#endif
