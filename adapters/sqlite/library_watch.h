#ifndef ADAPTERS_SQLITE_LIBRARY_WATCH_H
#define ADAPTERS_SQLITE_LIBRARY_WATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "adapters/system/file_watch.h"

/*
 * Notices that somebody wrote to the library (SQLite appends commits to FILE-wal). This program's
 * own writes are noticed too; the journal tells whose they were.
 *
 * The log is written before its commit can be seen, and what makes it seen (a write to shared
 * memory) is not noticed by anybody; so after each write there are a few more looks, further and
 * further apart, for about two seconds.
 */
struct library_watch {
	struct file_watch file;
	size_t looks; /* so far, since the last write was noticed */
	int64_t due;  /* when to look again, monotonic ms; 0 if there is no need */
};

/* path is that of the library; NULL, or what cannot be watched: file.on is false. */
void library_watch_init(struct library_watch *watch, const char *path);
void library_watch_finish(struct library_watch *watch);

/* Takes what waits; true if it is time to look into the library. Never blocks. */
bool library_watch_take(struct library_watch *watch);

/* Milliseconds until the next look is due, for the timeout of the wait; -1 if none is. */
int library_watch_timeout(const struct library_watch *watch);

#endif
