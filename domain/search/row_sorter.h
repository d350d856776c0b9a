#ifndef DOMAIN_SEARCH_ROW_SORTER_H
#define DOMAIN_SEARCH_ROW_SORTER_H

#include <stdbool.h>
#include <stddef.h>

#include "domain/search/row.h"
#include "domain/search/row_snapshot.h"

/*
 * Sorts rows by LAST_MODIFIED, BY_FOLDED_TITLE or BY_FOLDED_URL, or backwards with reverse, a piece
 * of the work at a time; the first ones are in their places long before the others.
 */
struct row_sorter;

/* The snapshot is borrowed; its columns of texts, order and rest are open. */
struct row_sorter *row_sorter_new(const struct row_snapshot *snapshot, enum row_order order,
	bool reverse, const row_id *rows, size_t count);
void row_sorter_free(struct row_sorter *sorter); /* takes NULL */

/* Works for a millisecond or so, and tells how many rows have their places from then on. */
size_t row_sorter_run(struct row_sorter *sorter);

/* The rows in their order, as far as that is known. */
void row_sorter_rows(const struct row_sorter *sorter, row_id *rows);

#endif
