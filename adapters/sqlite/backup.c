#include "adapters/sqlite/backup.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include "adapters/sqlite/database_error.h"
#include "adapters/sqlite/safety_copy.h"
#include "adapters/sqlite/schema.h"
#include "adapters/system/directory.h"
#include "adapters/system/atomic_file.h"

/* SQLite's file format, 1.3.4: file format version numbers. */
void backup_mark_wal(unsigned char header[static 100])
{
	header[18] = 2;
	header[19] = 2;
}

static int vacuum_into(sqlite3 *handle, const char *path)
{
	sqlite3_stmt *statement = NULL;
	int code = sqlite3_prepare_v2(handle, "VACUUM INTO ?", -1, &statement, NULL);

	if (code == SQLITE_OK)
		code = sqlite3_bind_text(statement, 1, path, -1, SQLITE_STATIC);
	if (code == SQLITE_OK)
		code = sqlite3_step(statement);
	sqlite3_finalize(statement);
	return code == SQLITE_DONE ? SQLITE_OK : code;
}

/* VACUUM INTO makes a file of the rollback kind, where FULL does not keep the last commit. */
static enum status backup_mark(const struct atomic_file *file, struct error *error)
{
	unsigned char header[100];

	if (pread(file->fd, header, sizeof(header), 0) == sizeof(header)) {
		backup_mark_wal(header);
		if (pwrite(file->fd, header, sizeof(header), 0) == sizeof(header))
			return STATUS_OK;
	}
	error_set(error, "cannot write %s: %s", file->path, strerror(errno));
	return status_of_errno(errno);
}

static int copy_version(sqlite3 *handle)
{
	sqlite3_stmt *statement = NULL;
	int version = 0;

	if (sqlite3_prepare_v2(handle, "PRAGMA user_version", -1, &statement, NULL) == SQLITE_OK &&
		sqlite3_step(statement) == SQLITE_ROW)
		version = sqlite3_column_int(statement, 0);
	sqlite3_finalize(statement);
	return version;
}

/*
 * The copy goes on by itself from here, and numbers of events are given in it too. One of schema 1,
 * where histories have no name yet, gets it with the next. Nothing else has the file, and it is
 * synced as a whole when it is put in its place, so no log is kept.
 */
static int copy_settle(const char *path, bool up_to_date)
{
	sqlite3 *copy = NULL;
	int code =
		sqlite3_open_v2(path, &copy, SQLITE_OPEN_READWRITE | SQLITE_OPEN_EXRESCODE, NULL);
	int version = code == SQLITE_OK ? copy_version(copy) : 0;

	if (code == SQLITE_OK)
		code = sqlite3_exec(copy, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF",
			NULL, NULL, NULL);
	if (code == SQLITE_OK && version < schema_current.version && up_to_date)
		code = version < 1 ? SQLITE_CORRUPT : schema_apply(copy, &schema_current, version);
	else if (code == SQLITE_OK && version > 1)
		code = sqlite3_exec(copy, SCHEMA_NEW_HISTORY, NULL, NULL, NULL);
	sqlite3_close(copy);
	return code;
}

enum status backup_fill(struct sqlite3 *handle, const struct atomic_file *file, bool up_to_date,
	struct error *error)
{
	int code = vacuum_into(handle, file->temporary);
	enum status status;

	if (code == SQLITE_OK)
		code = copy_settle(file->temporary, up_to_date);
	status = database_error_status(handle, code);
	if (status == STATUS_OK)
		return backup_mark(file, error);
	if (status == STATUS_FULL)
		error_set(error, "no space is left for %s: free some and repeat", file->path);
	else if (status == STATUS_DAMAGED)
		error_set(error, "the library is damaged: barky doctor says more, barky restore "
				 "FILE puts a copy in its place");
	else
		error_set(error, "cannot copy to %s: %s", file->path, status_message(status));
	return status;
}

enum status backup_write(
	struct sqlite3 *handle, const char *path, bool replace, struct error *error)
{
	struct atomic_file file;
	struct stat found;
	enum status status;

	if (!replace && lstat(path, &found) == 0)
		return error_fail(STATUS_CONFLICT, error, "%s is there already", path);
	status = atomic_file_begin(&file, path, error);
	if (status != STATUS_OK)
		return status;
	status = backup_fill(handle, &file, false, error);
	return atomic_file_end(&file, status, replace, error);
}

enum status backup_before_migration(
	struct sqlite3 *handle, const char *path, int version, struct error *error)
{
	enum status status;

	do {
		char *copy = safety_copy_next(path, version);

		status = backup_write(handle, copy, false, error);
		free(copy);
	} while (status == STATUS_CONFLICT); /* another program has taken the number meanwhile */
	if (status == STATUS_OK)
		safety_copy_prune(path);
	return status;
}
