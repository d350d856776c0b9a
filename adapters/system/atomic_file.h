#ifndef ADAPTERS_SYSTEM_ATOMIC_FILE_H
#define ADAPTERS_SYSTEM_ATOMIC_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "domain/base/error.h"
#include "domain/base/status.h"

/*
 * A file that is there whole or not at all: written under another name beside its place, 0600
 * whatever the umask, synced, then renamed, and its folder synced. What a killed program leaves
 * behind is a file named NAME.new.PID, never a half-written NAME; the next to write NAME removes
 * it. A symbolic link in the place is replaced, not followed.
 *
 *   atomic_file_begin … write to file.fd, or atomic_file_write … atomic_file_commit | _cancel |
 * _end
 */
struct atomic_file {
	int fd;
	char *path;
	char *temporary;
	bool unsynced; /* set by who finds out otherwise what a power cut has left of it */
};

enum status atomic_file_begin(struct atomic_file *file, const char *path, struct error *error);
enum status atomic_file_write(
	struct atomic_file *file, const void *bytes, size_t length, struct error *error);

/*
 * Puts the file in its place. Without replace a file that is there is kept and the answer is
 * STATUS_CONFLICT. Whatever the answer, the file is finished and nothing of it is left over.
 */
enum status atomic_file_commit(struct atomic_file *file, bool replace, struct error *error);
void atomic_file_cancel(struct atomic_file *file);

/* One or the other, as the writing went: status, or that of the commit. */
enum status atomic_file_end(
	struct atomic_file *file, enum status status, bool replace, struct error *error);

/* Whether a file of this name was left over by a program that wrote the file of that name. */
bool atomic_file_is_leftover(const char *name, const char *of);

#endif
