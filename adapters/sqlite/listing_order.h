#ifndef ADAPTERS_SQLITE_LISTING_ORDER_H
#define ADAPTERS_SQLITE_LISTING_ORDER_H

#include "adapters/sqlite/id_sequence.h"
#include "domain/bookmarks/catalogue.h"

struct database;

/*
 * The ids of a listing in its order, cut to its offset and limit: by the date of adding and in the
 * trash as an index has them; by title, by url and by modification sorted in memory. Not BY_ID,
 * which is how they lie. Rewound; the caller's to finish, whatever is returned.
 */
enum status listing_order_ids(
	struct database *database, const struct listing *listing, struct id_sequence *ids);

#endif
