#ifndef DOMAIN_SEARCH_ROW_ORDER_H
#define DOMAIN_SEARCH_ROW_ORDER_H

#include "domain/search/search.h"
#include "domain/search/stock.h"

/* Sorts rows by LAST_MODIFIED, BY_FOLDED_TITLE or BY_FOLDED_URL. */
void row_order_sort(const struct stock *stock, enum row_order order, row_ref *refs, size_t count);

#endif
