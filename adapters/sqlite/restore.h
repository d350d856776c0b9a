#ifndef ADAPTERS_SQLITE_RESTORE_H
#define ADAPTERS_SQLITE_RESTORE_H

#include <signal.h>

#include "domain/base/error.h"
#include "domain/base/status.h"

/* { .from = …, .path = … } is enough. */
struct restore {
	const char *from; /* a copy of a library, in this schema or an earlier one */
	const char *path; /* the library whose place it takes */
	const volatile sig_atomic_t *stop; /* ends a wait for another program's lock */
	void (*waiting)(void *self, const char *line);
	void *self;
};

/*
 * Puts a copy in the place of a library, whole or not at all. The copy is read through and found
 * sound first, and stays as it is. What was there is kept beside it: *kept, NAME.replaced-NUMBER,
 * the caller's to free; NULL if nothing was.
 *
 * Into a library that can be read the pages are written as one transaction of SQLite's, so that
 * programs which have it open go on, and see by its history that it is another one. A damaged one
 * is moved aside, and the copy takes its name.
 */
enum status restore_run(const struct restore *restore, char **kept, struct error *error);

#endif
