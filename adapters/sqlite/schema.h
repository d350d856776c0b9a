#ifndef ADAPTERS_SQLITE_SCHEMA_H
#define ADAPTERS_SQLITE_SCHEMA_H

#include "domain/base/error.h"
#include "domain/base/status.h"

struct sqlite3;

/* Says "BRKY" in bytes 68 to 71 of the file: SQLite's application_id. */
#define SCHEMA_APPLICATION_ID 0x42524b59

/* Begins another history of a library: see library_history() in adapters/sqlite/database.h. */
#define SCHEMA_NEW_HISTORY "UPDATE library SET history = lower(hex(randomblob(16)))"

/*
 * The steps that lead to each version of the schema: steps[n] leads from version n to n + 1, so
 * the first makes a new library. user_version is the number of steps taken.
 */
struct schema {
	const char *const *steps;
	int version; /* the number of steps */
};

/* The one this program works with. */
extern const struct schema schema_current;

/*
 * Takes the steps that are missing, and sets user_version, inside a transaction that is open.
 * The first step also gives the library its name: a random UUID.
 */
int schema_apply(struct sqlite3 *handle, const struct schema *schema, int from);

/*
 * Whether every table and index of the present schema is there, and no other one by its name.
 * STATUS_DAMAGED names what is missing.
 */
enum status schema_check(struct sqlite3 *handle, struct error *error);

#endif
