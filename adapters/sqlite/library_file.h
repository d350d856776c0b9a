#ifndef ADAPTERS_SQLITE_LIBRARY_FILE_H
#define ADAPTERS_SQLITE_LIBRARY_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "domain/base/error.h"
#include "domain/base/status.h"

struct schema;

/* What is in the place of a library, as its first bytes tell, before SQLite touches it. */
struct library_file {
	bool there;
	bool wal;
	int version; /* as of the last checkpoint */
};

/*
 * Looks, and changes nothing. STATUS_FOREIGN for what is no barky library (a folder, a device, an
 * empty file, another program's database, another user's file), STATUS_TOO_NEW for one of a later
 * schema. Opening and closing the file drops this process's locks on it, so a process opens a
 * library once.
 */
enum status library_file_look(struct library_file *file, const char *path,
	const struct schema *schema, struct error *error);

/* What the names of a library and of the files that SQLite keeps beside it end in. */
#define LIBRARY_FILES 3
extern const char *const library_file_endings[LIBRARY_FILES];

/* Whether path leads to one of these. */
bool library_file_is_part(const char *library, const char *path);

/* Both numbers, in words. */
void library_file_say_too_new(
	const char *path, int version, const struct schema *schema, struct error *error);

/*
 * Puts a new library of these bytes in its place, 0600, its folders 0700, whole or not at all.
 * A dangling symbolic link is followed. STATUS_CONFLICT: another program was quicker.
 */
enum status library_file_make(
	const char *path, const void *bytes, size_t length, struct error *error);

/* The name by which SQLite reads the file as it stands, without a log; the caller frees it. */
char *library_file_immutable_uri(const char *path);

/* Whether changes wait in a log beside the file. */
bool library_file_has_wal(const char *path);

#endif
