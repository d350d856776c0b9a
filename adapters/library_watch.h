#ifndef ADAPTERS_LIBRARY_WATCH_H
#define ADAPTERS_LIBRARY_WATCH_H

#include <stdbool.h>

/*
 * Notices that somebody wrote to the library (inotify(7) on its folder: SQLite appends commits to
 * FILE-wal). This program's own writes are noticed too; the journal tells whose they were.
 */
struct library_watch {
	int fd; /* readable when something happened in the folder; -1 if it cannot be watched */
	char *name;
};

/* path is that of the library; NULL, or a folder that cannot be watched: fd is -1. */
void library_watch_init(struct library_watch *watch, const char *path);
void library_watch_finish(struct library_watch *watch);

/* Takes what waits; true if the library was among it. Never blocks. */
bool library_watch_take(struct library_watch *watch);

#endif
