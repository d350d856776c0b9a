#ifndef ADAPTERS_SYSTEM_FILE_WATCH_H
#define ADAPTERS_SYSTEM_FILE_WATCH_H

#include <stdbool.h>
#include <stdint.h>

/*
 * Notices that a file, or the file beside it that is named like it with a suffix, was written to
 * or replaced: by inotify(7) on Linux, by kqueue(2) on macOS and the BSDs, else by looking at both
 * twice a second. Neither file is ever closed here, as that would drop this process's own locks on
 * it (fcntl(2)); only kqueue has them open.
 */
struct file_watch {
	bool on;    /* it can be watched */
	int fd;     /* readable when there is something to take; -1: only the time tells */
	int folder; /* of the two files, where it has to be open; else -1 */
	char *path; /* as realpath(3) has it */
	char *beside;
	int64_t due;          /* monotonic ms; 0: the descriptor tells */
	int64_t stamps[2][4]; /* what tells the two files, as they were seen last, from others */
};

/* path is copied; NULL, or a folder that cannot be watched, is never on. */
void file_watch_init(struct file_watch *watch, const char *path, const char *suffix);
void file_watch_finish(struct file_watch *watch);

/* Takes what waits; true if one of the two may have changed since. Never blocks. */
bool file_watch_take(struct file_watch *watch);

/* Milliseconds until it should be taken whatever the descriptor says; -1: never. */
int file_watch_timeout(const struct file_watch *watch);

#endif
