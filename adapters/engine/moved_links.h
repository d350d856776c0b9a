#ifndef ADAPTERS_ENGINE_MOVED_LINKS_H
#define ADAPTERS_ENGINE_MOVED_LINKS_H

#include "adapters/bootstrap.h"

/*
 * Gives bookmarks the addresses they have moved to, as one change. An item of the result that is
 * DUPLICATE was left: another bookmark has its new address. Those that have not moved are no items.
 */
enum status moved_links_follow(
	struct library *library, const int64_t *ids, size_t count, struct result *result);

#endif
