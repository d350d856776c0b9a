#include "adapters/sqlite/database_error.h"

#include <stddef.h>
#include <stdlib.h>
#include <sqlite3.h>

#include "adapters/system/directory.h"
#include "adapters/sqlite/lock_holder.h"
#include "adapters/sqlite/safety_copy.h"

struct meaning {
	int code;
	enum status status;
};

/* An extended code before its primary one. */
static const struct meaning meanings[] = {
	{SQLITE_OK, STATUS_OK},
	{SQLITE_ROW, STATUS_OK},
	{SQLITE_DONE, STATUS_OK},
	{SQLITE_CONSTRAINT_UNIQUE, STATUS_DUPLICATE},
	{SQLITE_CONSTRAINT_PRIMARYKEY, STATUS_DUPLICATE},
	{SQLITE_CONSTRAINT_ROWID, STATUS_DUPLICATE},
	{SQLITE_CONSTRAINT, STATUS_INVALID},
	{SQLITE_TOOBIG, STATUS_INVALID},
	{SQLITE_MISMATCH, STATUS_INVALID},
	{SQLITE_BUSY, STATUS_BUSY},
	{SQLITE_LOCKED, STATUS_BUSY},
	{SQLITE_PROTOCOL, STATUS_BUSY},
	{SQLITE_IOERR_CORRUPTFS, STATUS_DAMAGED},
	{SQLITE_CORRUPT, STATUS_DAMAGED},
	{SQLITE_ERROR, STATUS_DAMAGED}, /* our SQL is right, so a table or column is missing */
	{SQLITE_NOTADB, STATUS_FOREIGN},
	{SQLITE_FULL, STATUS_FULL},
	{SQLITE_READONLY_DBMOVED, STATUS_IO},
	{SQLITE_READONLY, STATUS_READ_ONLY},
	{SQLITE_PERM, STATUS_READ_ONLY},
	{SQLITE_INTERRUPT, STATUS_INTERRUPTED},
};

static enum status error_find(int code)
{
	for (size_t i = 0; i < sizeof(meanings) / sizeof(*meanings); i++)
		if (meanings[i].code == code)
			return meanings[i].status;
	return STATUS_COUNT;
}

/* sqlite3_system_errno() knows it only of some; the files themselves remember. */
static int errno_of(sqlite3 *handle)
{
	sqlite3_file *log = NULL;
	int failure = sqlite3_system_errno(handle);

	if (!failure)
		sqlite3_file_control(handle, "main", SQLITE_FCNTL_LAST_ERRNO, &failure);
	if (!failure)
		sqlite3_file_control(handle, "main", SQLITE_FCNTL_JOURNAL_POINTER, &log);
	if (log && log->pMethods)
		log->pMethods->xFileControl(log, SQLITE_FCNTL_LAST_ERRNO, &failure);
	return failure;
}

enum status database_error_status(struct sqlite3 *handle, int code)
{
	enum status status = error_find(code);

	if (status == STATUS_COUNT)
		status = error_find(code & 0xff);
	if (status != STATUS_COUNT)
		return status;
	if (handle && (code & 0xff) == SQLITE_IOERR)
		return status_of_errno(errno_of(handle));
	return STATUS_IO;
}

static void say_busy(const char *path, struct error *error)
{
	long holder = lock_holder(path);

	if (holder)
		error_set(error,
			"another program (process %ld) holds the library: close it or try again",
			holder);
	else
		error_set(error, "another program holds the library: close it or try again");
}

static void say_damaged(const char *path, struct error *error)
{
	char *copy = safety_copy_newest(path);

	if (copy)
		error_set(error,
			"%s is damaged: barky restore %s puts the newest copy in its place", path,
			copy);
	else
		error_set(error,
			"%s is damaged: barky restore FILE puts a copy in its place, if you have "
			"one",
			path);
	free(copy);
}

void database_error_say(const char *path, enum status status, struct error *error)
{
	if (!error)
		return;
	if (status == STATUS_BUSY)
		say_busy(path, error);
	else if (status == STATUS_DAMAGED)
		say_damaged(path, error);
	else if (status == STATUS_FULL)
		error_set(error,
			"no space is left for %s: nothing was changed; free some and repeat", path);
	else if (status == STATUS_READ_ONLY)
		error_set(error, "%s or its folder cannot be written", path);
	else if (status == STATUS_FOREIGN)
		error_set(error, "%s is not a barky library", path);
	else if (status == STATUS_INVALID)
		error_set(error, "a value is too long or of the wrong kind for the library");
	else if (status == STATUS_IO)
		error_set(error, "%s cannot be read or written", path);
	else
		error_set(error, "%s", status_message(status));
}
