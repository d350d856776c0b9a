#ifndef ADAPTERS_FILES_FILE_EXPORT_H
#define ADAPTERS_FILES_FILE_EXPORT_H

#include <stdbool.h>
#include <stdio.h>

#include "domain/bookmarks/bookmark.h"
#include "domain/base/error.h"
#include "domain/base/status.h"

/*
 * Bookmarks on their way into a file, one at a time:
 *
 *   file_export_open → file_export_add … → file_export_close   written, synced and in its place
 *                                         → file_export_abandon  nothing is there, or what was
 *
 * A file is written beside its place and renamed over it at the end, so it is there whole or not
 * at all; a symbolic link is followed to where it leads. What is no regular file (a device, a FIFO,
 * /dev/stdout, a shell's >(…)) is written into.
 */
struct file_export;

/*
 * The format that a file's name asks for (".html", ".json", ".jsonl", ".csv", ".md", ".org",
 * ".txt"); NULL if it asks for none.
 */
const char *file_export_format_of(const char *path);

/* Whether a format's readers would have the newest first; for others the order does not matter. */
bool file_export_is_for_people(const char *format);

/*
 * path NULL or "-" writes to out, which stays the caller's; a terminal gets control characters
 * made visible, in every format. STATUS_INVALID: no such format, or it
 * can only be read. Else STATUS_IO, STATUS_READ_ONLY, STATUS_FULL. The reason says which file.
 */
enum status file_export_open(const char *path, FILE *out, const char *format,
	struct file_export **export, struct error *error);

/* Whether it goes where a reader may be waiting, and not into a file of its own. */
bool file_export_is_stream(const struct file_export *export);

/* A failure stays: later calls answer it again. STATUS_IO with errno EPIPE is a reader gone. */
enum status file_export_add(
	struct file_export *export, const struct bookmark *bookmark, struct error *error);

/* Both free the export. */
enum status file_export_close(struct file_export *export, struct error *error);
void file_export_abandon(struct file_export *export);

#endif
