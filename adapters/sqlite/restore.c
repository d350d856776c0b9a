#include "adapters/sqlite/restore.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sqlite3.h>
#include <unistd.h>

#include "adapters/sqlite/backup.h"
#include "adapters/sqlite/connection.h"
#include "adapters/sqlite/database.h"
#include "adapters/sqlite/database_error.h"
#include "adapters/sqlite/library_file.h"
#include "adapters/sqlite/schema.h"
#include "adapters/system/atomic_file.h"
#include "adapters/system/directory.h"
#include "domain/base/memory.h"

/* How often another program may change the library while it is being kept. */
#define RESTORE_TRIES 20

static enum status restore_explain(sqlite3 *handle, int code, const char *path, struct error *error)
{
	enum status status = database_error_status(handle, code);

	if (status != STATUS_OK)
		database_error_say(path, status, error);
	return status;
}

/* Every page and index, as nobody likes to learn of damage after the restore. */
static enum status check_sound(sqlite3 *handle, const char *path, struct error *error)
{
	sqlite3_stmt *statement = NULL;
	int code = sqlite3_prepare_v2(handle, "PRAGMA integrity_check(1)", -1, &statement, NULL);
	bool sound;

	if (code == SQLITE_OK)
		code = sqlite3_step(statement);
	sound = code == SQLITE_ROW && strcmp(database_text(statement, 0), "ok") == 0;
	sqlite3_finalize(statement);
	if (sound)
		return STATUS_OK;
	if (code != SQLITE_ROW && restore_explain(handle, code, path, NULL) != STATUS_DAMAGED)
		return restore_explain(handle, code, path, error);
	return error_fail(STATUS_DAMAGED, error, "%s is damaged: nothing was changed", path);
}

/* As it stands where nothing can be written beside it: on a read-only medium, say. */
static enum status open_copy(const struct restore *restore, sqlite3 **handle,
	struct lock_wait *wait, struct error *error)
{
	long long version;
	int failure;
	int code = connection_open(handle, restore->from, SQLITE_OPEN_READWRITE, wait, &failure);
	char *uri;

	if (code == SQLITE_OK)
		code = connection_ask(*handle, "PRAGMA user_version", wait, &version);
	if (code == SQLITE_OK || library_file_has_wal(restore->from))
		return restore_explain(*handle, code, restore->from, error);
	sqlite3_close(*handle);
	uri = library_file_immutable_uri(restore->from);
	code = connection_open(handle, uri, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, wait, &failure);
	free(uri);
	return restore_explain(*handle, code, restore->from, error);
}

/* A copy of the copy, in the present schema, beside the library and in its file system. */
static enum status copy_sound(const struct restore *restore, const struct atomic_file *file,
	struct lock_wait *wait, struct error *error)
{
	sqlite3 *handle = NULL;
	enum status status = open_copy(restore, &handle, wait, error);

	if (status == STATUS_OK)
		status = check_sound(handle, restore->from, error);
	if (status == STATUS_OK)
		status = backup_fill(handle, file, true, error);
	sqlite3_close(handle);
	return status;
}

/* What a sound file may lack: a table that somebody dropped. */
static enum status check_complete(const struct restore *restore, const struct atomic_file *file,
	struct lock_wait *wait, struct error *error)
{
	char *uri = library_file_immutable_uri(file->temporary);
	sqlite3 *handle = NULL;
	struct error missing = {0};
	int failure;
	int code = connection_open(
		&handle, uri, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, wait, &failure);
	enum status status = restore_explain(handle, code, restore->from, error);

	if (status == STATUS_OK) {
		status = schema_check(handle, &missing);
		if (status != STATUS_OK)
			error_set(
				error, "%s: %s: nothing was changed", restore->from, missing.text);
	}
	sqlite3_close(handle);
	free(uri);
	return status;
}

/* The first number that is free. */
static enum status restore_keep(
	struct database *library, const char *path, char **kept, struct error *error)
{
	enum status status = STATUS_CONFLICT;

	for (int number = 1; status == STATUS_CONFLICT; number++) {
		free(*kept);
		*kept = memory_print("%s.replaced-%d", path, number);
		status = backup_write(database_handle(library), *kept, false, error);
	}
	return status;
}

static void drop_kept(char **kept)
{
	if (*kept)
		unlink(*kept);
	free(*kept);
	*kept = NULL;
}

struct page_copy {
	sqlite3 *from;
	sqlite3 *to;
	sqlite3_backup *backup;
};

/* Ends with the write lock taken, so that nothing changes any more. */
static int page_copy_begin(struct page_copy *copy, const struct restore *restore,
	const char *temporary, struct lock_wait *wait)
{
	int failure;
	int code = connection_open(&copy->from, temporary, SQLITE_OPEN_READWRITE, wait, &failure);

	if (code == SQLITE_OK)
		code = connection_open(
			&copy->to, restore->path, SQLITE_OPEN_READWRITE, wait, &failure);
	if (code != SQLITE_OK)
		return code;
	copy->backup = sqlite3_backup_init(copy->to, "main", copy->from, "main");
	if (!copy->backup)
		return sqlite3_extended_errcode(copy->to);
	lock_wait_begin(wait);
	do
		code = sqlite3_backup_step(copy->backup, 0);
	while ((code & 0xff) == SQLITE_BUSY && lock_wait_once(wait));
	return code;
}

static int page_copy_end(struct page_copy *copy, int code)
{
	int finished = sqlite3_backup_finish(copy->backup); /* rolls back what is not done */

	sqlite3_close(copy->to);
	sqlite3_close(copy->from);
	return code == SQLITE_OK ? finished : code;
}

/*
 * The library as it was is kept before the lock can be taken; *done stays false if another program
 * changed it in between, and it has to be kept again. The observer's data_version tells.
 */
static enum status try_replace(const struct restore *restore, const char *temporary,
	struct database *observer, bool *done, struct lock_wait *wait, char **kept,
	struct error *error)
{
	static const char version_sql[] = "PRAGMA data_version";
	sqlite3 *handle = database_handle(observer);
	struct page_copy copy = {0};
	long long before = 0, after = 0;
	enum status status;
	int code = connection_ask(handle, version_sql, wait, &before);

	if (code != SQLITE_OK)
		return restore_explain(handle, code, restore->path, error);
	status = restore_keep(observer, restore->path, kept, error);
	if (status != STATUS_OK)
		return status;
	code = page_copy_begin(&copy, restore, temporary, wait);
	if (code == SQLITE_OK)
		code = connection_ask(handle, version_sql, wait, &after);
	*done = code == SQLITE_OK && after == before;
	if (*done)
		code = sqlite3_backup_step(copy.backup, -1);
	if (code == SQLITE_DONE)
		code = SQLITE_OK;
	status = restore_explain(copy.to, code, restore->path, error);
	code = page_copy_end(&copy, code);
	if (status == STATUS_OK)
		status = restore_explain(NULL, code, restore->path, error);
	if (status != STATUS_OK || !*done)
		drop_kept(kept);
	return status;
}

static enum status replace_pages(const struct restore *restore, const char *temporary,
	struct database *observer, struct lock_wait *wait, char **kept, struct error *error)
{
	enum status status = STATUS_OK;
	bool done = false;

	for (int tries = 0; tries < RESTORE_TRIES && !done && status == STATUS_OK; tries++)
		status = try_replace(restore, temporary, observer, &done, wait, kept, error);
	if (status == STATUS_OK && !done)
		status = error_fail(STATUS_BUSY, error,
			"other programs change the library all the time: close them");
	return status;
}

/* 0, or why the log cannot be kept, which beside the copy would be taken for the copy's. */
static int set_log_aside(const char *path, const char *kept)
{
	char *wal = memory_print("%s-wal", path), *shm = memory_print("%s-shm", path);
	char *kept_wal = memory_print("%s-wal", kept);
	int why = rename(wal, kept_wal) == 0 || errno == ENOENT ? 0 : errno;

	if (why == 0)
		unlink(shm);
	free(kept_wal);
	free(shm);
	free(wal);
	return why;
}

/* A file and its log are kept by another name; the copy takes the first one's place next. */
static enum status set_aside(const char *path, char **kept, struct error *error)
{
	int number = 1, why;

	do {
		free(*kept);
		*kept = memory_print("%s.replaced-%d", path, number++);
		why = link(path, *kept) == 0 ? 0 : errno;
	} while (why == EEXIST);
	if (why == 0) {
		why = set_log_aside(path, *kept);
		if (why == 0)
			return STATUS_OK;
		unlink(*kept);
	}
	error_set(error, "cannot keep %s: %s", path, strerror(why));
	free(*kept);
	*kept = NULL;
	return STATUS_IO;
}

static enum status put_in_place(
	const struct restore *restore, struct atomic_file *file, char **kept, struct error *error)
{
	enum status status = STATUS_OK;

	if (access(restore->path, F_OK) == 0)
		status = set_aside(restore->path, kept, error);
	return atomic_file_end(file, status, true, error);
}

/* A damaged library cannot be written into; another failure to open it is one of the restore. */
static enum status replace(const struct restore *restore, struct atomic_file *file,
	struct lock_wait *wait, char **kept, struct error *error)
{
	const struct database_options options = {
		.path = restore->path,
		.stop = restore->stop,
		.waiting = restore->waiting,
		.self = restore->self,
	};
	struct database *observer = NULL;
	enum status status = STATUS_DAMAGED;

	if (access(restore->path, F_OK) == 0)
		status = database_open(&observer, &options, error);
	if (status == STATUS_OK) {
		status = replace_pages(restore, file->temporary, observer, wait, kept, error);
		database_close(observer);
	}
	if (status == STATUS_DAMAGED && !*kept) {
		if (error)
			error->text[0] = '\0'; /* that it is damaged is why it is restored */
		return put_in_place(restore, file, kept, error);
	}
	atomic_file_cancel(file);
	return status;
}

static enum status look_at_copy(const struct restore *restore, struct error *error)
{
	struct library_file copy;
	enum status status = library_file_look(&copy, restore->from, &schema_current, error);
	char *from = realpath(restore->from, NULL), *path = realpath(restore->path, NULL);

	if (status == STATUS_OK && !copy.there) {
		status = error_fail(STATUS_INVALID, error, "%s is not there", restore->from);
	} else if (status == STATUS_OK && from && path && strcmp(from, path) == 0) {
		status = error_fail(
			STATUS_INVALID, error, "%s is the library itself", restore->from);
	}
	free(from);
	free(path);
	return status;
}

enum status restore_run(const struct restore *restore, char **kept, struct error *error)
{
	struct lock_wait wait = {.limit_ms = 10000, .note_ms = 10000, .stop = restore->stop};
	struct atomic_file file;
	char *folder;
	enum status status = look_at_copy(restore, error);

	*kept = NULL;
	if (status != STATUS_OK)
		return status;
	folder = directory_of(restore->path);
	status = directory_make(folder, error);
	free(folder);
	if (status == STATUS_OK)
		status = atomic_file_begin(&file, restore->path, error);
	if (status != STATUS_OK)
		return status;
	status = copy_sound(restore, &file, &wait, error);
	if (status == STATUS_OK)
		status = check_complete(restore, &file, &wait, error);
	if (status == STATUS_OK)
		status = replace(restore, &file, &wait, kept, error);
	else
		atomic_file_cancel(&file);
	return status;
}
