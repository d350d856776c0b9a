#ifndef DOMAIN_SEARCH_ROW_SORTER_H
#define DOMAIN_SEARCH_ROW_SORTER_H

#include <stdbool.h>
#include <stddef.h>

#include "domain/search/row.h"
#include "domain/search/row_snapshot.h"

/* Sorts rows by LAST_MODIFIED, BY_FOLDED_TITLE or BY_FOLDED_URL, a piece of the work at a time. */
struct row_sorter;

/* The snapshot and the rows are borrowed; their columns of texts, order and rest are open. */
struct row_sorter *row_sorter_new(const struct row_snapshot *snapshot, enum row_order order,
	const row_id *rows, size_t count);
void row_sorter_free(struct row_sorter *sorter); /* takes NULL */

/* Works for a millisecond or so; true when all is sorted. */
bool row_sorter_run(struct row_sorter *sorter);

/* The rows in their order, when all is sorted. */
void row_sorter_rows(const struct row_sorter *sorter, row_id *rows);

#endif
