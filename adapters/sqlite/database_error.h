#ifndef ADAPTERS_SQLITE_DATABASE_ERROR_H
#define ADAPTERS_SQLITE_DATABASE_ERROR_H

#include "domain/base/error.h"
#include "domain/base/status.h"

struct sqlite3;

/*
 * What an SQLite result code means. The connection, which may be NULL, knows the errno behind an
 * input or output error: no space left, over a quota and over a file size limit are all
 * STATUS_FULL.
 */
enum status database_error_status(struct sqlite3 *handle, int code);

/* One line for people about such a failure of the library at path; never SQLite's bare text. */
void database_error_say(const char *path, enum status status, struct error *error);

#endif
