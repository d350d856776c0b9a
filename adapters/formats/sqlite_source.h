#ifndef ADAPTERS_FORMATS_SQLITE_SOURCE_H
#define ADAPTERS_FORMATS_SQLITE_SOURCE_H

#include <sqlite3.h>
#include <stdbool.h>

#include "adapters/files/input.h"
#include "domain/bookmarks/bookmark_source.h"

/*
 * Another program's SQLite database, as hostile as any file. It is copied first, with its -wal
 * and -journal, into a private folder, so that it can be read while its program holds it, and is
 * never written to. The copy is opened with every guard there is and checked; what it may cost is
 * limited.
 */
struct sqlite_source;

/* Whether a file begins as SQLite's do. */
bool sqlite_source_is_one(const struct input *input);

/*
 * The database of an input: opened at the first call, kept by the input, closed with it. NULL with
 * a status and a reason if it cannot be read, is damaged, or is no database.
 */
struct sqlite_source *sqlite_source_of(
	struct input *input, enum status *status, struct error *error);

/* Whether a table (no view, not virtual) is there, and has these columns; NULL ends them. */
bool sqlite_source_has(
	struct sqlite_source *database, const char *table, const char *const *columns);

/* NULL with a reason if the statement does not fit the database. The caller finalizes it. */
sqlite3_stmt *sqlite_source_prepare(
	struct sqlite_source *database, const char *sql, struct error *error);

/* After a step that gave neither a row nor the end. */
void sqlite_source_say(struct sqlite_source *database, struct error *error);

/* What a source of bookmarks answers to the step that gave no row: SOURCE_END or SOURCE_FAILED. */
enum source_step sqlite_source_end(struct sqlite_source *database, int code,
	struct bookmark_source *source, struct error *error);

/* Adds a column's text; false if it is neither text nor NULL, or is NULL where it must not be. */
bool sqlite_source_add_text(
	sqlite3_stmt *statement, int column, bool may_be_null, struct buffer *out);

#endif
