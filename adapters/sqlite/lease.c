#include "adapters/sqlite/lease.h"

#include <sqlite3.h>

#include "adapters/sqlite/database.h"

struct lease_sql {
	const char *take;
	const char *find;
	const char *end;
};

/* 3600 is LEASE_MAX. */
static const struct lease_sql sql_of[] = {
	[LEASE_OF_CONSUMER] =
		{
			"UPDATE consumers SET holder = ?2, held_until = ?4 WHERE name = ?1 AND"
			" (holder = ?2 OR held_until <= ?3 OR held_until > ?3 + 3600)",
			"SELECT 1 FROM consumers WHERE name = ?1",
			"UPDATE consumers SET holder = '', held_until = 0"
			" WHERE name = ?1 AND holder = ?2",
		},
	[LEASE_OF_JOB] =
		{
			"UPDATE due_jobs SET holder = ?2, held_until = ?4 WHERE name = ?1 AND"
			" (holder = ?2 OR held_until <= ?3 OR held_until > ?3 + 3600)",
			"SELECT 1 FROM due_jobs WHERE name = ?1",
			"UPDATE due_jobs SET holder = '', held_until = 0"
			" WHERE name = ?1 AND holder = ?2",
		},
};

static sqlite3_stmt *prepare(struct database *database, const char *sql, const struct lease *lease)
{
	sqlite3_stmt *statement = database_statement(database, sql);
	int parameters = sqlite3_bind_parameter_count(statement);

	sqlite3_bind_text(statement, 1, lease->name, -1, SQLITE_STATIC);
	if (parameters > 1)
		sqlite3_bind_text(statement, 2, lease->holder, -1, SQLITE_STATIC);
	if (parameters > 2) {
		int64_t seconds = lease->seconds < LEASE_MAX ? lease->seconds : LEASE_MAX;

		sqlite3_bind_int64(statement, 3, lease->now);
		sqlite3_bind_int64(statement, 4, lease->now + seconds);
	}
	return statement;
}

static enum status lease_find(struct database *database, const struct lease *lease)
{
	sqlite3_stmt *statement = prepare(database, sql_of[lease->of].find, lease);
	enum status status = database_step(database, statement);

	if (status == STATUS_OK)
		sqlite3_reset(statement);
	return status;
}

enum status lease_take(struct database *database, const struct lease *lease, struct error *error)
{
	enum status status = database_begin(database, true, error);

	if (status != STATUS_OK)
		return status;
	status = database_run(database, prepare(database, sql_of[lease->of].take, lease));
	if (status != STATUS_OK) {
		database_failure(database, 0, error);
	} else if (sqlite3_changes(database_handle(database)) == 0) {
		status = lease_find(database, lease);
		if (status == STATUS_OK)
			status = STATUS_BUSY;
	}
	if (status == STATUS_OK)
		return database_commit(database, error);
	database_rollback(database);
	return status;
}

enum status lease_end(struct database *database, const struct lease *lease, struct error *error)
{
	sqlite3_stmt *statement = prepare(database, sql_of[lease->of].end, lease);

	return database_change(database, statement, error);
}
