#include "adapters/sqlite/sqlite_ports.h"

#include <stdio.h>
#include <stdlib.h>
#include <sqlite3.h>

#include "adapters/sqlite/database.h"
#include "domain/base/memory.h"

struct sqlite_due_ledger {
	struct due_ledger port;
	struct database *database;
};

static struct database *due_database(struct due_ledger *ledger)
{
	return ((struct sqlite_due_ledger *)ledger)->database;
}

static enum status due_get(struct due_ledger *ledger, const char *name, struct due_job *job)
{
	static const char sql[] = "SELECT next, ran, attempts, result, holder, held_until"
				  " FROM due_jobs WHERE name = ?";
	struct database *database = due_database(ledger);
	sqlite3_stmt *statement = database_statement(database, sql);
	enum status status;

	*job = (struct due_job){0};
	database_bind_text(statement, 1, name);
	status = database_step(database, statement);
	if (status != STATUS_OK)
		return status;
	snprintf(job->name, sizeof(job->name), "%s", name);
	job->next = sqlite3_column_int64(statement, 0);
	job->ran = sqlite3_column_int64(statement, 1);
	job->attempts = sqlite3_column_int64(statement, 2);
	snprintf(job->result, sizeof(job->result), "%s", database_text(statement, 3));
	snprintf(job->holder, sizeof(job->holder), "%s", database_text(statement, 4));
	job->held_until = sqlite3_column_int64(statement, 5);
	sqlite3_reset(statement);
	return STATUS_OK;
}

static enum status due_put(struct due_ledger *ledger, const struct due_job *job)
{
	static const char sql[] =
		"INSERT OR REPLACE INTO due_jobs (name, next, ran, attempts, result, holder,"
		" held_until) VALUES (?, ?, ?, ?, ?, ?, ?)";
	struct database *database = due_database(ledger);
	sqlite3_stmt *statement = database_statement(database, sql);

	database_bind_text(statement, 1, job->name);
	sqlite3_bind_int64(statement, 2, job->next);
	sqlite3_bind_int64(statement, 3, job->ran);
	sqlite3_bind_int64(statement, 4, job->attempts);
	database_bind_text(statement, 5, job->result);
	database_bind_text(statement, 6, job->holder);
	sqlite3_bind_int64(statement, 7, job->held_until);
	return database_run(database, statement);
}

struct due_ledger *sqlite_due_ledger_new(struct database *database)
{
	struct sqlite_due_ledger *self = memory_new(sizeof(*self));

	self->database = database;
	self->port = (struct due_ledger){.get = due_get, .put = due_put};
	return &self->port;
}

void sqlite_due_ledger_free(struct due_ledger *ledger)
{
	free(ledger);
}
