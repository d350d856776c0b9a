#ifndef ADAPTERS_FORMATS_FOREIGN_DATABASE_H
#define ADAPTERS_FORMATS_FOREIGN_DATABASE_H

#include <sqlite3.h>
#include <stdbool.h>

#include "adapters/files/input.h"

/*
 * Another program's SQLite database, as hostile as any file. It is copied first, with its -wal
 * and -journal, into a private folder, so that it can be read while its program holds it, and is
 * never written to. The copy is opened with every guard there is and checked; what it may cost is
 * limited.
 */
struct foreign_database;

/* Whether a file begins as SQLite's do. */
bool foreign_database_is_one(const struct input *input);

/*
 * The database of an input: opened at the first call, kept by the input, closed with it. NULL with
 * a status and a reason if it cannot be read, is damaged, or is no database.
 */
struct foreign_database *foreign_database_of(
	struct input *input, enum status *status, struct error *error);

/* Whether a table (no view, not virtual) is there, and has these columns; NULL ends them. */
bool foreign_database_has(
	struct foreign_database *database, const char *table, const char *const *columns);

/* NULL with a reason if the statement does not fit the database. The caller finalizes it. */
sqlite3_stmt *foreign_database_prepare(
	struct foreign_database *database, const char *sql, struct error *error);

/* After a step that gave neither a row nor the end. */
void foreign_database_say(struct foreign_database *database, struct error *error);

/* Adds a column's text; false if it is neither text nor NULL, or is NULL where it must not be. */
bool foreign_database_add_text(
	sqlite3_stmt *statement, int column, bool may_be_null, struct buffer *out);

#endif
