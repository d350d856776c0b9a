#ifndef DOMAIN_BOOKMARKS_LINK_STORE_H
#define DOMAIN_BOOKMARKS_LINK_STORE_H

#include "domain/base/status.h"
#include "domain/bookmarks/link.h"

/*
 * Port: what is known of the links of bookmarks, inside a unit of work. Readers find it in each
 * bookmark of the catalogue. The repository keeps it true: it drops what it knows of a link with
 * the bookmark, and when the bookmark's address changes.
 */
struct link_store {
	/* NOT_FOUND, and *link is { 0 }, if it was never asked. The caller finishes it. */
	enum status (*get)(struct link_store *links, int64_t bookmark, struct bookmark_link *link);

	/* Replaces what was known; LINK_UNCHECKED forgets it. */
	enum status (*put)(
		struct link_store *links, int64_t bookmark, const struct bookmark_link *link);
};

#endif
