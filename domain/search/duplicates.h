#ifndef DOMAIN_SEARCH_DUPLICATES_H
#define DOMAIN_SEARCH_DUPLICATES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "domain/search/row_segment.h"

/* Some rows of a table: those whose bit is not set in dead, or all if that is NULL. */
struct live_rows {
	const struct row_table *table;
	const uint64_t *dead;
};

/*
 * Marks the rows that have a double among all of these: another one with the same title (exactly,
 * and not empty), or with the same address but for http or https. found[i] has BITS_WORDS() of
 * parts[i]'s rows, all zero. All is lent until it is done.
 */
struct duplicates;

struct duplicates *duplicates_new(
	const struct live_rows *parts, size_t count, uint64_t *const *found);
void duplicates_free(struct duplicates *duplicates); /* takes NULL */

/* Looks at so many rows more; true when all were seen, and every double is marked. */
bool duplicates_run(struct duplicates *duplicates, size_t rows);

#endif
