#ifndef ADAPTERS_SYSTEM_DIRECTORY_H
#define ADAPTERS_SYSTEM_DIRECTORY_H

#include "domain/base/buffer.h"
#include "domain/base/error.h"
#include "domain/base/status.h"

/* Makes a folder and those above it that are missing, each 0700 whatever the umask; what is there
 * already stays as it is. */
enum status directory_make(const char *path, struct error *error);

/* The folder that a file is in, "." for a bare name; the caller frees it. */
char *directory_of(const char *path);

/* What it is called there: what stands behind the last "/". Lent. */
const char *directory_entry(const char *path);

/* Makes what was renamed or created in a folder outlive a power cut. */
enum status directory_sync(const char *path, struct error *error);

/* What an errno of a file means: no space, not writable, or STATUS_IO. */
enum status status_of_errno(int failure);

/*
 * The paths that begin with what was typed, sorted, one a line, folders with a "/" behind them;
 * "~/" stands for the home folder and is kept. Hidden ones only if the dot was typed. Those that
 * are not UTF-8 or hold a control character are left out, as nobody can type them; at most 500.
 */
void directory_names(const char *typed, struct buffer *lines);

#endif
