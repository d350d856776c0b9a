#include "adapters/sqlite/database.h"

#include <errno.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "adapters/sqlite/backup.h"
#include "adapters/sqlite/connection.h"
#include "adapters/sqlite/database_error.h"
#include "adapters/sqlite/library_file.h"
#include "adapters/sqlite/lock_holder.h"
#include "adapters/sqlite/schema.h"
#include "adapters/system/directory.h"
#include "domain/base/memory.h"

struct migration {
	sqlite3 *handle;
	const struct database_options *options;
	struct lock_wait *wait;
	struct error *error;
	long long version; /* of the library, before */
	bool copied;
	long long copied_state; /* PRAGMA data_version: changes when another program commits */
};

static enum status migration_explain(struct migration *migration, int code)
{
	enum status status = database_error_status(migration->handle, code);

	if (status != STATUS_OK)
		database_error_say(migration->options->path, status, migration->error);
	return status;
}

static enum status migration_ask(struct migration *migration, const char *sql, long long *number)
{
	return migration_explain(
		migration, connection_ask(migration->handle, sql, migration->wait, number));
}

static enum status migration_copy(struct migration *migration)
{
	enum status status =
		migration_ask(migration, "PRAGMA data_version", &migration->copied_state);

	if (status != STATUS_OK)
		return status;
	migration->copied = true;
	return backup_before_migration(migration->handle, migration->options->path,
		(int)migration->version, migration->error);
}

static enum status take_steps(struct migration *migration)
{
	int code = schema_apply(
		migration->handle, migration->options->schema, (int)migration->version);

	if (code == SQLITE_OK)
		code = sqlite3_exec(migration->handle, "COMMIT", NULL, NULL, NULL);
	return migration_explain(migration, code);
}

/*
 * Under the write lock: OK with *done, or OK without, if somebody changed the library since the
 * migration_copy was made (it cannot be made under the lock).
 */
static enum status try_once(struct migration *migration, bool *done)
{
	const struct schema *schema = migration->options->schema;
	long long state = 0;
	enum status status = migration_ask(migration, "PRAGMA user_version", &migration->version);

	*done = status == STATUS_OK && migration->version >= schema->version;
	if (status != STATUS_OK || *done)
		return status;
	if (migration->version < 1) {
		database_error_say(migration->options->path, STATUS_DAMAGED, migration->error);
		return STATUS_DAMAGED;
	}
	if (migration->copied)
		status = migration_ask(migration, "PRAGMA data_version", &state);
	if (status != STATUS_OK || !migration->copied || state != migration->copied_state)
		return status;
	*done = true;
	return take_steps(migration);
}

/*
 * Brings a library up to the schema of the options: a migration_copy is made, then every step is
 * taken in one transaction. One that fails leaves the library as it was, and the migration_copy.
 */
static enum status migration_run(struct migration *migration)
{
	enum status status;
	bool done = false;

	do {
		status = migration_explain(migration,
			connection_run(migration->handle, "BEGIN IMMEDIATE", migration->wait));
		if (status != STATUS_OK)
			return status;
		status = try_once(migration, &done);
		if (!sqlite3_get_autocommit(migration->handle))
			sqlite3_exec(migration->handle, "ROLLBACK", NULL, NULL, NULL);
		if (status == STATUS_OK && !done)
			status = migration_copy(migration);
	} while (status == STATUS_OK && !done);
	if (status == STATUS_OK && migration->version > migration->options->schema->version) {
		library_file_say_too_new(migration->options->path, (int)migration->version,
			migration->options->schema, migration->error);
		status = STATUS_TOO_NEW;
	}
	return status;
}

struct cached {
	const char *sql;
	sqlite3_stmt *statement;
};

struct database {
	struct database_options options;
	char *path; /* options.path is this */
	sqlite3 *handle;
	struct lock_wait wait;
	struct cached *statements;
	size_t count;
	size_t capacity;
	int migrated;           /* the schema that opening it has led to; 0 if it had that */
	enum status unwritable; /* why it is open for reading only; OK if it is not */
	bool begun;             /* database_begin() was called, and neither commit nor rollback */
	enum status broken;     /* what made SQLite roll back by itself meanwhile */
	dev_t device;           /* of the file, as it was opened */
	ino_t inode;
	char history[LIBRARY_HISTORY_SIZE]; /* likewise; "" in an earlier schema */
};

static void tell_of_wait(void *self)
{
	struct database *database = self;
	struct error line;
	long holder;

	if (!database->options.waiting)
		return;
	holder = lock_holder(database->path);
	if (holder)
		error_set(&line, "waiting for another program (process %ld) that holds the library",
			holder);
	else
		error_set(&line, "waiting for another program that holds the library");
	database->options.waiting(database->options.self, line.text);
}

static struct database *database_new(const struct database_options *options)
{
	struct database *database = memory_new(sizeof(*database));

	database->options = *options;
	if (options->path)
		database->path = memory_copy_string(options->path);
	database->options.path = database->path;
	if (!options->schema)
		database->options.schema = &schema_current;
	database->wait = (struct lock_wait){
		.limit_ms = options->wait_ms ? options->wait_ms : 10000,
		.note_ms = options->note_ms ? options->note_ms : 1000,
		.note = tell_of_wait,
		.self = database,
		.stop = options->stop,
	};
	return database;
}

static void say(struct database *database, enum status status, struct error *error)
{
	database_error_say(
		database->path ? database->path : "the library in memory", status, error);
}

static enum status database_explain(
	struct database *database, int code, int failure, struct error *error)
{
	enum status status = database_error_status(database->handle, code);

	if (status == STATUS_OK)
		return status;
	if (status == STATUS_IO && failure)
		status = status_of_errno(failure);
	if (status == STATUS_READ_ONLY && database->unwritable)
		status = database->unwritable;
	if (database->begun && !database->broken && !database_in_transaction(database))
		database->broken = status;
	if ((code & 0xff) == SQLITE_NOMEM || code == SQLITE_IOERR_NOMEM)
		error_set(error, "memory ran out: close something and try again");
	else
		say(database, status, error);
	return status;
}

static enum status open_in_memory(struct database *database, struct error *error)
{
	int failure;
	int code = connection_open(&database->handle,
		":memory:", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_MEMORY,
		&database->wait, &failure);

	if (code == SQLITE_OK)
		code = connection_run(database->handle, "BEGIN", &database->wait);
	if (code == SQLITE_OK)
		code = schema_apply(database->handle, database->options.schema, 0);
	if (code == SQLITE_OK)
		code = connection_run(database->handle, "COMMIT", &database->wait);
	return database_explain(database, code, failure, error);
}

/*
 * A new library is built in memory and put in its place in one go, so that a program killed here
 * leaves no empty file, which would be refused as not ours.
 */
static enum status make_file(struct database *database, struct error *error)
{
	enum status status = open_in_memory(database, error);
	sqlite3_int64 size = 0;
	unsigned char *bytes;

	if (status != STATUS_OK)
		return status;
	bytes = sqlite3_serialize(database->handle, "main", &size, 0);
	if (!bytes)
		return database_explain(database, SQLITE_NOMEM, 0, error);
	backup_mark_wal(bytes);
	status = library_file_make(database->path, bytes, (size_t)size, error);
	sqlite3_free(bytes);
	sqlite3_close(database->handle);
	database->handle = NULL;
	return status == STATUS_CONFLICT ? STATUS_OK : status; /* the other's will do */
}

/* Touches the file for the first time, so most of what can be wrong with it shows here. */
static int read_version(struct database *database, long long *version)
{
	return connection_ask(database->handle, "PRAGMA user_version", &database->wait, version);
}

/*
 * Where nothing can be written WAL cannot make its -shm file. If no -wal file is there either,
 * all of the library is in its main file, which SQLite then reads as it stands.
 */
static int open_as_it_stands(struct database *database, long long *version, int *failure)
{
	char *uri = library_file_immutable_uri(database->path);
	int code = connection_open(&database->handle, uri, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI,
		&database->wait, failure);

	free(uri);
	return code == SQLITE_OK ? read_version(database, version) : code;
}

static bool wants_to_write_beside(int code)
{
	return (code & 0xff) == SQLITE_CANTOPEN || (code & 0xff) == SQLITE_READONLY ||
	       code == SQLITE_FULL || code == SQLITE_IOERR_SHMSIZE || code == SQLITE_IOERR_SHMOPEN;
}

static enum status connect_to_file(
	struct database *database, long long *version, struct error *error)
{
	int failure = 0;
	int code = connection_open(&database->handle, database->path, SQLITE_OPEN_READWRITE,
		&database->wait, &failure);

	if (code == SQLITE_OK)
		code = read_version(database, version);
	if (!wants_to_write_beside(code) || library_file_has_wal(database->path))
		return database_explain(database, code, failure, error);
	database->unwritable = database_explain(database, code, failure, NULL);
	if (database->unwritable != STATUS_FULL)
		database->unwritable = STATUS_READ_ONLY;
	sqlite3_close(database->handle);
	code = open_as_it_stands(database, version, &failure);
	return database_explain(database, code, failure, error);
}

static enum status bring_up_to_date(
	struct database *database, long long version, struct error *error)
{
	const struct schema *schema = database->options.schema;
	struct migration migration = {
		.handle = database->handle,
		.options = &database->options,
		.wait = &database->wait,
		.error = error,
	};
	enum status status;

	if (version == schema->version)
		return STATUS_OK;
	if (version > schema->version) {
		library_file_say_too_new(database->path, (int)version, schema, error);
		return STATUS_TOO_NEW;
	}
	if (sqlite3_db_readonly(database->handle, "main"))
		return error_fail(STATUS_READ_ONLY, error,
			"%s has schema %lld and has to become %d, but it or its folder cannot be "
			"written",
			database->path, version, schema->version);
	status = migration_run(&migration);
	if (status == STATUS_OK)
		database->migrated = schema->version;
	return status;
}

static enum status open_there(
	struct database *database, const struct library_file *file, struct error *error)
{
	long long version = 0;
	enum status status = connect_to_file(database, &version, error);

	if (status != STATUS_OK)
		return status;
	if (!file->wal && !sqlite3_db_readonly(database->handle, "main"))
		status = database_explain(database,
			connection_run(
				database->handle, "PRAGMA journal_mode = WAL", &database->wait),
			0, error);
	return status == STATUS_OK ? bring_up_to_date(database, version, error) : status;
}

static enum status open_file(struct database *database, struct error *error)
{
	const struct schema *schema = database->options.schema;
	struct library_file file;
	enum status status = library_file_look(&file, database->path, schema, error);

	if (status == STATUS_OK && !file.there) {
		if (database->options.missing_is_empty)
			return open_in_memory(database, error);
		status = make_file(database, error);
		if (status == STATUS_OK)
			status = library_file_look(&file, database->path, schema, error);
	}
	return status == STATUS_OK ? open_there(database, &file, error) : status;
}

static void read_history(struct database *database, char history[LIBRARY_HISTORY_SIZE])
{
	static const char sql[] = "SELECT history FROM library";
	sqlite3_stmt *statement = database_statement(database, sql);

	history[0] = '\0';
	if (statement && sqlite3_step(statement) == SQLITE_ROW)
		snprintf(history, LIBRARY_HISTORY_SIZE, "%s", database_text(statement, 0));
	sqlite3_reset(statement);
}

/* What tells another file in its place, or another history in it. */
static void remember_identity(struct database *database)
{
	struct stat found;

	if (!database->path || stat(database->path, &found) != 0)
		return;
	database->device = found.st_dev;
	database->inode = found.st_ino;
	if (database->options.schema->version > 1)
		read_history(database, database->history);
}

static enum library_place place_of_file(const struct database *database)
{
	struct stat found;
	int moved = 0;

	if (!database->path || !database->inode)
		return LIBRARY_IN_PLACE; /* in memory */
	if (stat(database->path, &found) != 0)
		return errno == ENOENT ? LIBRARY_REMOVED : LIBRARY_IN_PLACE;
	sqlite3_file_control(database->handle, "main", SQLITE_FCNTL_HAS_MOVED, &moved);
	if (moved || found.st_dev != database->device || found.st_ino != database->inode)
		return LIBRARY_REPLACED;
	return LIBRARY_IN_PLACE;
}

enum library_place database_place(struct database *database)
{
	char history[LIBRARY_HISTORY_SIZE];
	enum library_place place = place_of_file(database);

	if (place != LIBRARY_IN_PLACE || !database->history[0])
		return place;
	read_history(database, history);
	/* What cannot be read now, since a lock is held, is told when it can. */
	return history[0] && strcmp(history, database->history) != 0 ? LIBRARY_REPLACED : place;
}

static enum status refuse_replaced(
	struct database *database, enum library_place place, struct error *error)
{
	database_rollback(database);
	if (place == LIBRARY_REMOVED)
		error_set(error,
			"%s was removed, so nothing was changed: put it back, or keep what is open "
			"here by a backup",
			database->path);
	else
		error_set(error, "another library was put in the place of %s: nothing was changed",
			database->path);
	return STATUS_IO;
}

enum status database_open(
	struct database **database, const struct database_options *options, struct error *error)
{
	enum status status;

	*database = database_new(options);
	status = options->path ? open_file(*database, error) : open_in_memory(*database, error);
	if (status != STATUS_OK) {
		database_close(*database);
		*database = NULL;
	} else {
		remember_identity(*database);
	}
	return status;
}

/* SQLite leaves the log of a file that has moved alone: its name is another library's by now. */
static void disconnect(struct database *database)
{
	for (size_t i = 0; i < database->count; i++)
		sqlite3_finalize(database->statements[i].statement);
	database->count = 0;
	sqlite3_close(database->handle);
	database->handle = NULL;
}

/*
 * Other pages were put into the file that is open. It must not be opened once more: with whatever
 * descriptor of it is closed then, POSIX drops every lock that this process has on the file, and
 * the next program to leave would remove the log that is written to here.
 */
static enum status stay_with_file(struct database *database, struct error *error)
{
	static const char sql[] = "PRAGMA user_version";
	sqlite3_stmt *statement = database_statement(database, sql);
	int version = statement && sqlite3_step(statement) == SQLITE_ROW
			      ? sqlite3_column_int(statement, 0)
			      : 0;

	sqlite3_reset(statement);
	if (version != database->options.schema->version) {
		library_file_say_too_new(database->path, version, database->options.schema, error);
		return STATUS_TOO_NEW;
	}
	remember_identity(database);
	return STATUS_OK;
}

enum status database_reopen(struct database *database, struct error *error)
{
	struct database *other;
	enum status status;

	if (place_of_file(database) == LIBRARY_IN_PLACE)
		return stay_with_file(database, error);
	status = database_open(&other, &database->options, error);
	if (status != STATUS_OK)
		return status;
	disconnect(database);
	free(database->statements);
	database->handle = other->handle;
	database->statements = other->statements;
	database->count = other->count;
	database->capacity = other->capacity;
	database->unwritable = other->unwritable;
	connection_wait_by(database->handle, &database->wait);
	remember_identity(database);
	other->handle = NULL;
	other->statements = NULL;
	other->count = 0;
	database_close(other);
	return STATUS_OK;
}

void database_close(struct database *database)
{
	if (!database)
		return;
	disconnect(database);
	free(database->statements);
	free(database->path);
	free(database);
}

int database_migrated(const struct database *database)
{
	return database->migrated;
}

/*
 * A read transaction takes its lock with its first read, so one is made here: whatever there is
 * to wait for (another program's recovery of the log) is over when this returns.
 */
enum status database_begin(struct database *database, bool to_write, struct error *error)
{
	const char *sql = to_write ? "BEGIN IMMEDIATE" : "BEGIN";
	enum library_place place = LIBRARY_IN_PLACE;
	int code = SQLITE_READONLY;
	enum status status;
	long long version;

	/* SQLite would make a read transaction of it without a word. */
	if (!to_write || !sqlite3_db_readonly(database->handle, "main"))
		code = connection_run(database->handle, sql, &database->wait);
	if (code == SQLITE_OK && !to_write)
		code = read_version(database, &version);
	status = database_explain(database, code, 0, error);
	if (status == STATUS_OK && to_write)
		place = database_place(database);
	if (place != LIBRARY_IN_PLACE)
		return refuse_replaced(database, place, error);
	if (status != STATUS_OK)
		database_rollback(database);
	database->begun = status == STATUS_OK;
	return status;
}

static enum status say_broken(struct database *database, struct error *error)
{
	say(database, database->broken, error);
	return database->broken;
}

enum status database_commit(struct database *database, struct error *error)
{
	enum status status;

	if (database->broken)
		status = say_broken(database, error);
	else
		status = database_explain(database,
			connection_run(database->handle, "COMMIT", &database->wait), 0, error);
	database_rollback(database);
	return status;
}

void database_rollback(struct database *database)
{
	if (database_in_transaction(database))
		sqlite3_exec(database->handle, "ROLLBACK", NULL, NULL, NULL);
	database->begun = false;
	database->broken = STATUS_OK;
}

bool database_in_transaction(const struct database *database)
{
	return !sqlite3_get_autocommit(database->handle);
}

static sqlite3_stmt *database_prepare(struct database *database, const char *sql)
{
	sqlite3_stmt *statement = NULL;

	if (sqlite3_prepare_v3(database->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement,
		    NULL) != SQLITE_OK)
		return NULL;
	database->statements = memory_grow(database->statements, database->count,
		&database->capacity, sizeof(*database->statements));
	database->statements[database->count++] = (struct cached){sql, statement};
	return statement;
}

struct sqlite3_stmt *database_statement(struct database *database, const char *sql)
{
	for (size_t i = 0; i < database->count; i++) {
		sqlite3_stmt *statement = database->statements[i].statement;

		if (database->statements[i].sql != sql)
			continue;
		sqlite3_reset(statement);
		sqlite3_clear_bindings(statement);
		return statement;
	}
	return database_prepare(database, sql);
}

struct sqlite3_stmt *database_statement_of(
	struct database *database, const char *sql, int64_t number)
{
	sqlite3_stmt *statement = database_statement(database, sql);

	sqlite3_bind_int64(statement, 1, number);
	return statement;
}

/*
 * After a full disk SQLite has rolled back by itself: what a handler still does must not become
 * transactions of their own.
 */
static int step(struct database *database, sqlite3_stmt *statement)
{
	if (database->broken)
		return SQLITE_ABORT;
	return statement ? sqlite3_step(statement) : sqlite3_errcode(database->handle);
}

static enum status meaning(struct database *database, int code)
{
	return database->broken ? database->broken : database_explain(database, code, 0, NULL);
}

void database_bind_text(struct sqlite3_stmt *statement, int place, const char *text)
{
	sqlite3_bind_text(statement, place, text ? text : "", -1, SQLITE_STATIC);
}

enum status database_run(struct database *database, struct sqlite3_stmt *statement)
{
	enum status status = meaning(database, step(database, statement));

	if (statement)
		sqlite3_reset(statement);
	return status;
}

enum status database_step(struct database *database, struct sqlite3_stmt *statement)
{
	int code = step(database, statement);
	enum status status;

	if (code == SQLITE_ROW)
		return STATUS_OK;
	status = code == SQLITE_DONE ? STATUS_NOT_FOUND : meaning(database, code);
	if (statement)
		sqlite3_reset(statement);
	return status;
}

enum status database_number(
	struct database *database, struct sqlite3_stmt *statement, int64_t *number)
{
	enum status status = database_step(database, statement);

	if (status != STATUS_OK)
		return status;
	*number = sqlite3_column_int64(statement, 0);
	sqlite3_reset(statement);
	return STATUS_OK;
}

enum status database_has_row(struct database *database, struct sqlite3_stmt *statement)
{
	int64_t number;

	return database_number(database, statement, &number);
}

enum status database_collect(
	struct database *database, struct sqlite3_stmt *statement, int64_t **numbers, size_t *count)
{
	size_t capacity = 0;
	enum status status;

	*numbers = NULL;
	*count = 0;
	while ((status = database_step(database, statement)) == STATUS_OK) {
		*numbers = memory_grow(*numbers, *count, &capacity, sizeof(**numbers));
		(*numbers)[(*count)++] = sqlite3_column_int64(statement, 0);
	}
	if (status == STATUS_NOT_FOUND)
		return STATUS_OK;
	free(*numbers);
	*numbers = NULL;
	*count = 0;
	return status;
}

enum status database_change(
	struct database *database, struct sqlite3_stmt *statement, struct error *error)
{
	enum status status = database_begin(database, true, error);

	if (status != STATUS_OK)
		return status;
	status = database_run(database, statement);
	if (status != STATUS_OK)
		database_failure(database, 0, error);
	else if (sqlite3_changes(database->handle) == 0)
		status = STATUS_NOT_FOUND;
	if (status == STATUS_OK)
		return database_commit(database, error);
	database_rollback(database);
	return status;
}

enum status library_history(
	struct database *database, char history[LIBRARY_HISTORY_SIZE], struct error *error)
{
	static const char sql[] = "SELECT history FROM library";
	bool own = !database_in_transaction(database);
	enum status status = own ? database_begin(database, false, error) : STATUS_OK;
	sqlite3_stmt *statement;

	history[0] = '\0';
	if (status != STATUS_OK)
		return status;
	statement = database_statement(database, sql);
	status = database_step(database, statement);
	if (status == STATUS_OK)
		snprintf(history, LIBRARY_HISTORY_SIZE, "%s", database_text(statement, 0));
	else
		database_failure(database, 0, error);
	sqlite3_reset(statement);
	if (own)
		database_rollback(database);
	return status == STATUS_NOT_FOUND ? STATUS_DAMAGED : status;
}

const char *database_text(struct sqlite3_stmt *statement, int column)
{
	const unsigned char *text = sqlite3_column_text(statement, column);

	return text ? (const char *)text : "";
}

enum status database_failure(struct database *database, int code, struct error *error)
{
	return database_explain(
		database, code ? code : sqlite3_extended_errcode(database->handle), 0, error);
}

struct sqlite3 *database_handle(const struct database *database)
{
	return database->handle;
}

const char *database_path(const struct database *database)
{
	return database->path;
}
