#include "adapters/sqlite/migration.h"

#include <sqlite3.h>

#include "adapters/sqlite/connection.h"
#include "adapters/sqlite/database_error.h"
#include "adapters/sqlite/library_file.h"
#include "adapters/sqlite/safety_copy.h"
#include "adapters/sqlite/schema.h"

struct migration {
	sqlite3 *handle;
	const struct database_options *options;
	struct lock_wait *wait;
	struct error *error;
	long long version; /* of the library, before */
	bool copied;
	long long copied_state; /* PRAGMA data_version: changes when another program commits */
};

static enum status explain(struct migration *migration, int code)
{
	enum status status = database_error_status(migration->handle, code);

	if (status != STATUS_OK)
		database_error_say(migration->options->path, status, migration->error);
	return status;
}

static enum status ask(struct migration *migration, const char *sql, long long *number)
{
	return explain(migration, connection_ask(migration->handle, sql, migration->wait, number));
}

static enum status copy(struct migration *migration)
{
	enum status status = ask(migration, "PRAGMA data_version", &migration->copied_state);

	if (status != STATUS_OK)
		return status;
	migration->copied = true;
	return safety_copy_make(migration->handle, migration->options->path,
		(int)migration->version, migration->error);
}

static enum status take_steps(struct migration *migration)
{
	int code = schema_apply(
		migration->handle, migration->options->schema, (int)migration->version);

	if (code == SQLITE_OK)
		code = sqlite3_exec(migration->handle, "COMMIT", NULL, NULL, NULL);
	return explain(migration, code);
}

/*
 * Under the write lock: OK with *done, or OK without, if somebody changed the library since the
 * copy was made (it cannot be made under the lock).
 */
static enum status try_once(struct migration *migration, bool *done)
{
	const struct schema *schema = migration->options->schema;
	long long state = 0;
	enum status status = ask(migration, "PRAGMA user_version", &migration->version);

	*done = status == STATUS_OK && migration->version >= schema->version;
	if (status != STATUS_OK || *done)
		return status;
	if (migration->version < 1) {
		database_error_say(migration->options->path, STATUS_DAMAGED, migration->error);
		return STATUS_DAMAGED;
	}
	if (migration->copied)
		status = ask(migration, "PRAGMA data_version", &state);
	if (status != STATUS_OK || !migration->copied || state != migration->copied_state)
		return status;
	*done = true;
	return take_steps(migration);
}

static enum status go(struct migration *migration)
{
	enum status status;
	bool done = false;

	do {
		status = explain(migration,
			connection_run(migration->handle, "BEGIN IMMEDIATE", migration->wait));
		if (status != STATUS_OK)
			return status;
		status = try_once(migration, &done);
		if (!sqlite3_get_autocommit(migration->handle))
			sqlite3_exec(migration->handle, "ROLLBACK", NULL, NULL, NULL);
		if (status == STATUS_OK && !done)
			status = copy(migration);
	} while (status == STATUS_OK && !done);
	if (status == STATUS_OK && migration->version > migration->options->schema->version) {
		library_file_say_too_new(migration->options->path, (int)migration->version,
			migration->options->schema, migration->error);
		status = STATUS_TOO_NEW;
	}
	return status;
}

enum status migration_run(struct sqlite3 *handle, const struct database_options *options,
	struct lock_wait *wait, struct error *error)
{
	struct migration migration = {
		.handle = handle, .options = options, .wait = wait, .error = error};
	enum status status;

	if (options->migration_about_to)
		options->migration_about_to(options->self, options->schema->version);
	status = go(&migration);
	if (options->migration_finished)
		options->migration_finished(options->self, options->schema->version, status);
	return status;
}
