#ifndef TESTS_POWER_LOG_H
#define TESTS_POWER_LOG_H

#include <stddef.h>

#include "tests/fault_vfs.h"

/*
 * What was written to a library's file and its log, so that the two can be rebuilt as a power cut
 * would have left them: what was synced is there; of what was not, each write is there, gone, or
 * torn at any 512 bytes.
 */
struct power_entry {
	enum fault_call call;
	bool is_log;
	char *bytes;
	long long offset;
	long long length;
};

struct power_log {
	struct power_entry *entries;
	size_t count;
	size_t capacity;
	char *before; /* the file as it was at first */
	long long before_length;
};

/* path is that of a library that is closed. The fault is made to tell this log. */
void power_log_init(struct power_log *log, const char *path, struct fault *fault);
void power_log_finish(struct power_log *log);

/* Puts the file and its log at path, as a cut behind so many entries might leave them. */
void power_log_rebuild(const struct power_log *log, size_t entries, const char *path);

#endif
