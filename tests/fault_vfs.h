#ifndef TESTS_FAULT_VFS_H
#define TESTS_FAULT_VFS_H

#include <stdbool.h>

/*
 * SQLite's own way of testing for faults: its file layer, with a call that fails. Every write,
 * sync, truncation, growth of shared memory, deletion and opening is counted; the one with the
 * chosen number fails with the chosen code, and so do all after it if that is wanted.
 */
enum fault_call { FAULT_WRITE, FAULT_TRUNCATE, FAULT_SYNC };

struct fault {
	long at;      /* the number of the call that fails, from 1; 0: none */
	bool lasting; /* and all after it */
	int code;     /* SQLITE_FULL, SQLITE_IOERR_WRITE ... */
	bool reads;   /* count reads too */
	long calls;   /* so far */
	long failed;

	/* Hears of what is done to the library's two files, if it is not NULL. */
	void (*observe)(void *self, enum fault_call call, bool is_log, const void *bytes,
		long long offset, long long length);
	void *self;
};

/* Makes this the file layer of every connection opened from now on. The fault is borrowed. */
void fault_vfs_install(struct fault *fault);
void fault_vfs_remove(void);

#endif
