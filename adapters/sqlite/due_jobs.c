#include "adapters/sqlite/due_jobs.h"

#include <stdio.h>
#include <sqlite3.h>

#include "adapters/sqlite/database.h"

static sqlite3_stmt *prepare(struct database *database, const char *sql, const char *name)
{
	sqlite3_stmt *statement = database_statement(database, sql);

	sqlite3_bind_text(statement, 1, name, -1, SQLITE_STATIC);
	return statement;
}

static void read_job(sqlite3_stmt *statement, struct due_job *job)
{
	const char *result = (const char *)sqlite3_column_text(statement, 3);

	*job = (struct due_job){
		.next = sqlite3_column_int64(statement, 0),
		.ran = sqlite3_column_int64(statement, 1),
		.attempts = sqlite3_column_int64(statement, 2),
	};
	snprintf(job->result, sizeof(job->result), "%s", result ? result : "");
}

enum status due_job_find(
	struct database *database, const char *name, struct due_job *job, struct error *error)
{
	static const char sql[] = "SELECT next, ran, attempts, result FROM due_jobs WHERE name = ?";
	enum status status = database_begin(database, false, error);
	sqlite3_stmt *statement;

	*job = (struct due_job){0};
	if (status != STATUS_OK)
		return status;
	statement = prepare(database, sql, name);
	status = database_step(database, statement);
	if (status == STATUS_OK)
		read_job(statement, job);
	else if (status != STATUS_NOT_FOUND)
		database_failure(database, 0, error);
	sqlite3_reset(statement);
	database_rollback(database);
	return status;
}

enum status due_job_plan(
	struct database *database, const char *name, int64_t next, struct error *error)
{
	static const char sql[] =
		"INSERT INTO due_jobs (name, next, ran, attempts, result, holder, held_until)"
		" VALUES (?, ?, 0, 0, '', '', 0) ON CONFLICT (name) DO UPDATE"
		" SET next = excluded.next";
	sqlite3_stmt *statement = prepare(database, sql, name);

	sqlite3_bind_int64(statement, 2, next);
	return database_change(database, statement, error);
}

enum status due_job_finish(struct database *database, const char *name,
	const struct due_job_end *end, struct error *error)
{
	static const char sql[] =
		"UPDATE due_jobs SET next = ?2, ran = ?3, result = coalesce(?4, ''), holder = '',"
		" held_until = 0, attempts = CASE WHEN ?4 IS NULL THEN 0 ELSE attempts + 1 END"
		" WHERE name = ?1";
	sqlite3_stmt *statement = prepare(database, sql, name);

	sqlite3_bind_int64(statement, 2, end->next);
	sqlite3_bind_int64(statement, 3, end->ended);
	sqlite3_bind_text(statement, 4, end->result, -1, SQLITE_STATIC);
	return database_change(database, statement, error);
}

enum status due_job_forget(struct database *database, const char *name, struct error *error)
{
	static const char sql[] = "DELETE FROM due_jobs WHERE name = ?";

	return database_change(database, prepare(database, sql, name), error);
}
