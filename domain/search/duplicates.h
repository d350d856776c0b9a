#ifndef DOMAIN_SEARCH_DUPLICATES_H
#define DOMAIN_SEARCH_DUPLICATES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "domain/search/row_snapshot.h"

/*
 * The rows of a snapshot that have a double: another one with the same title (exactly, and not
 * empty), or with the same address but for http or https.
 */
struct duplicates;

/* The snapshot is borrowed, and all of it is opened. */
struct duplicates *duplicates_new(const struct row_snapshot *snapshot);
void duplicates_free(struct duplicates *duplicates); /* takes NULL */

/* Looks at so many rows more; true when all were seen, and every double is known. */
bool duplicates_run(struct duplicates *duplicates, size_t rows);

/* Those of a part, a bit a row; NULL if duplicates is NULL. Borrowed. */
const uint64_t *duplicates_found(const struct duplicates *duplicates, enum row_part part);

#endif
