#ifndef ADAPTERS_SQLITE_MIGRATION_H
#define ADAPTERS_SQLITE_MIGRATION_H

#include "adapters/sqlite/database.h"

struct lock_wait;

/*
 * Brings a library up to the schema of the options: a copy is made, then every step is taken in
 * one transaction. One that fails leaves the library as it was, and the copy.
 */
enum status migration_run(struct sqlite3 *handle, const struct database_options *options,
	struct lock_wait *wait, struct error *error);

#endif
