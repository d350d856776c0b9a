#ifndef ADAPTERS_SQLITE_SQLITE_LINK_STORE_H
#define ADAPTERS_SQLITE_SQLITE_LINK_STORE_H

#include "domain/bookmarks/link_store.h"

struct database;

/* What is known of links, in SQLite: implements domain/bookmarks/link_store.h. The database is
 * borrowed. */
struct link_store *sqlite_link_store_new(struct database *database);
void sqlite_link_store_free(struct link_store *links);

#endif
