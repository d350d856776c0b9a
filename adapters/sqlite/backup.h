#ifndef ADAPTERS_SQLITE_BACKUP_H
#define ADAPTERS_SQLITE_BACKUP_H

#include <stdbool.h>

#include "domain/base/error.h"
#include "domain/base/status.h"

struct sqlite3;

/*
 * A consistent copy of a library while it is in use, here and by other programs: one state of it,
 * compact, 0600, synced, there whole or not at all. It opens as a library. Without replace a file
 * that is there is kept: STATUS_CONFLICT. No transaction may be open on the connection.
 */
enum status backup_write(
	struct sqlite3 *handle, const char *path, bool replace, struct error *error);

/*
 * The same into a file that is written already, of another file that is a library: up_to_date
 * brings the copy to the present schema. It is the beginning of another history in any case.
 */
struct atomic_file;
enum status backup_fill(struct sqlite3 *handle, const struct atomic_file *file, bool up_to_date,
	struct error *error);

/* Such a copy before a migration that leaves this version, beside the library: safety_copy.h. */
enum status backup_before_migration(
	struct sqlite3 *handle, const char *path, int version, struct error *error);

/* Marks an SQLite file, by its first 100 bytes, as one that works in WAL mode. */
void backup_mark_wal(unsigned char header[static 100]);

#endif
