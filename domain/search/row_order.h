#ifndef DOMAIN_SEARCH_ROW_ORDER_H
#define DOMAIN_SEARCH_ROW_ORDER_H

#include "domain/search/hits.h"
#include "domain/search/search.h"
#include "domain/search/stock.h"

/* Sorts hits by LAST_MODIFIED, BY_FOLDED_TITLE or BY_FOLDED_URL, a piece of the work at a time. */
struct row_sorter;

/* Stock and hits are lent, and stay as they are. */
struct row_sorter *row_sorter_new(
	const struct stock *stock, enum row_order order, const struct hits *hits);
void row_sorter_free(struct row_sorter *sorter); /* takes NULL */

/* Works for a millisecond or so; true when all is sorted. */
bool row_sorter_run(struct row_sorter *sorter);

/* The hits in their order, when all is sorted; yours to free. */
row_ref *row_sorter_refs(const struct row_sorter *sorter);

#endif
