#ifndef ADAPTERS_SQLITE_LISTING_ORDER_H
#define ADAPTERS_SQLITE_LISTING_ORDER_H

#include "domain/bookmarks/catalogue.h"

struct database;

/*
 * The ids of a listing that no index has in order (by title, by url, by modification), sorted and
 * cut to its offset and limit. The caller frees them.
 */
enum status listing_order_ids(
	struct database *database, const struct listing *listing, int64_t **ids, size_t *count);

#endif
