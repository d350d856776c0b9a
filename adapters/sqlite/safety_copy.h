#ifndef ADAPTERS_SQLITE_SAFETY_COPY_H
#define ADAPTERS_SQLITE_SAFETY_COPY_H

#include "domain/base/error.h"
#include "domain/base/status.h"

struct sqlite3;

/*
 * Copies of a library that are made before a migration, beside it: NAME.before-VERSION.NUMBER,
 * VERSION being the one that is left. The three newest are kept.
 */
enum status safety_copy_make(
	struct sqlite3 *handle, const char *path, int version, struct error *error);

/* The newest one's path, the caller's to free; NULL if there is none. */
char *safety_copy_newest(const char *path);

#endif
