#include "adapters/sqlite/database_error.h"

#include <stddef.h>
#include <stdlib.h>
#include <sqlite3.h>

#include "adapters/system/folder.h"
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

static enum status find(int code)
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
	int error = sqlite3_system_errno(handle);

	if (!error)
		sqlite3_file_control(handle, "main", SQLITE_FCNTL_LAST_ERRNO, &error);
	if (!error)
		sqlite3_file_control(handle, "main", SQLITE_FCNTL_JOURNAL_POINTER, &log);
	if (log && log->pMethods)
		log->pMethods->xFileControl(log, SQLITE_FCNTL_LAST_ERRNO, &error);
	return error;
}

enum status database_error_status(struct sqlite3 *handle, int code)
{
	enum status status = find(code);

	if (status == STATUS_COUNT)
		status = find(code & 0xff);
	if (status != STATUS_COUNT)
		return status;
	if (handle && (code & 0xff) == SQLITE_IOERR)
		return status_of_errno(errno_of(handle));
	return STATUS_IO;
}

static void say_busy(const char *path, struct reason *reason)
{
	long holder = lock_holder(path);

	if (holder)
		reason_say(reason,
			"another program (process %ld) holds the library: close it or try again",
			holder);
	else
		reason_say(reason, "another program holds the library: close it or try again");
}

static void say_damaged(const char *path, struct reason *reason)
{
	char *copy = safety_copy_newest(path);

	if (copy)
		reason_say(reason, "%s is damaged: see barky doctor; a copy from before is %s",
			path, copy);
	else
		reason_say(reason, "%s is damaged: see barky doctor", path);
	free(copy);
}

void database_error_say(const char *path, enum status status, struct reason *reason)
{
	if (!reason)
		return;
	if (status == STATUS_BUSY)
		say_busy(path, reason);
	else if (status == STATUS_DAMAGED)
		say_damaged(path, reason);
	else if (status == STATUS_FULL)
		reason_say(reason,
			"no space is left for %s: nothing was changed; free some and repeat", path);
	else if (status == STATUS_READ_ONLY)
		reason_say(reason, "%s or its folder cannot be written", path);
	else if (status == STATUS_FOREIGN)
		reason_say(reason, "%s is not a barky library", path);
	else if (status == STATUS_INVALID)
		reason_say(reason, "a value is too long or of the wrong kind for the library");
	else if (status == STATUS_IO)
		reason_say(reason, "%s cannot be read or written", path);
	else
		reason_say(reason, "%s", status_sentence(status));
}
