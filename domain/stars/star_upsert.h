#ifndef DOMAIN_STARS_STAR_UPSERT_H
#define DOMAIN_STARS_STAR_UPSERT_H

#include "domain/bus/handlers.h"
#include "domain/stars/star_ledger.h"

/*
 * One star of a page, taken into the library:
 *
 *   - one that is known follows the forge in every field that still is what the forge said last
 *     time; what the user changed stays, and what the user deleted stays away
 *   - one that is not, with an address that is, joins that bookmark by the rule of imports
 *   - any other becomes a bookmark
 *
 * Counts in the outcome, unless the walk has met it before.
 */
struct star_upsert {
	struct handling *handling;
	const struct star_page *page;
	const struct star_list *list;
};

/* OK if the forge's repository has a bookmark here, or had one that the user deleted. */
enum status star_is_known(const struct star_upsert *upsert, const struct remote_star *found);

enum status star_upsert(const struct star_upsert *upsert, const struct remote_star *found);

#endif
