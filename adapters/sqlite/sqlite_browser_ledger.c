#include "adapters/sqlite/sqlite_ports.h"

#include <stdlib.h>
#include <sqlite3.h>

#include "adapters/sqlite/database.h"
#include "domain/base/memory.h"

struct sqlite_browser_ledger {
	struct browser_ledger port;
	struct database *database;
};

static struct database *browser_database(struct browser_ledger *ledger)
{
	return ((struct sqlite_browser_ledger *)ledger)->database;
}

static enum status browser_count_run(
	struct database *database, const char *browser, const char *profile)
{
	static const char sql[] =
		"INSERT INTO browser_profiles (browser, path, run) VALUES (?, ?, 1)"
		" ON CONFLICT (browser, path) DO UPDATE SET run = run + 1";
	sqlite3_stmt *statement = database_statement(database, sql);

	database_bind_text(statement, 1, browser);
	database_bind_text(statement, 2, profile);
	return database_run(database, statement);
}

static enum status browser_begin(struct browser_ledger *ledger, const char *browser,
	const char *profile, struct browser_run *run)
{
	static const char sql[] =
		"SELECT id, run FROM browser_profiles WHERE browser = ? AND path = ?";
	struct database *database = browser_database(ledger);
	enum status status = browser_count_run(database, browser, profile);
	sqlite3_stmt *statement = database_statement(database, sql);

	if (status != STATUS_OK)
		return status;
	database_bind_text(statement, 1, browser);
	database_bind_text(statement, 2, profile);
	status = database_step(database, statement);
	if (status != STATUS_OK)
		return status;
	run->profile = sqlite3_column_int64(statement, 0);
	run->number = sqlite3_column_int64(statement, 1);
	sqlite3_reset(statement);
	return STATUS_OK;
}

static enum status browser_find(struct browser_ledger *ledger, const struct browser_run *run,
	const char *entry, int64_t *bookmark)
{
	static const char sql[] =
		"SELECT bookmark FROM browser_entries WHERE profile = ? AND entry = ?";
	struct database *database = browser_database(ledger);
	sqlite3_stmt *statement = database_statement_of(database, sql, run->profile);

	database_bind_text(statement, 2, entry);
	return database_number(database, statement, bookmark);
}

static enum status browser_see(struct browser_ledger *ledger, const struct browser_run *run,
	const char *entry, int64_t bookmark)
{
	static const char sql[] =
		"INSERT INTO browser_entries (profile, entry, bookmark, seen, gone)"
		" VALUES (?, ?, ?, ?, 0) ON CONFLICT (profile, entry) DO UPDATE"
		" SET bookmark = excluded.bookmark, seen = excluded.seen, gone = 0";
	struct database *database = browser_database(ledger);
	sqlite3_stmt *statement = database_statement_of(database, sql, run->profile);

	database_bind_text(statement, 2, entry);
	sqlite3_bind_int64(statement, 3, bookmark);
	sqlite3_bind_int64(statement, 4, run->number);
	return database_run(database, statement);
}

static enum status browser_list_gone(struct database *database, const struct browser_run *run,
	int64_t **bookmarks, size_t *count)
{
	static const char sql[] = "SELECT DISTINCT bookmark FROM browser_entries"
				  " WHERE profile = ? AND gone = ? AND bookmark <> 0 ORDER BY 1";
	sqlite3_stmt *statement = database_statement_of(database, sql, run->profile);

	sqlite3_bind_int64(statement, 2, run->number);
	return database_collect(database, statement, bookmarks, count);
}

static enum status browser_finish(struct browser_ledger *ledger, const struct browser_run *run,
	int64_t **bookmarks, size_t *count)
{
	static const char sql[] = "UPDATE browser_entries SET gone = ?2"
				  " WHERE profile = ?1 AND seen < ?2 AND gone = 0";
	struct database *database = browser_database(ledger);
	sqlite3_stmt *statement = database_statement_of(database, sql, run->profile);
	enum status status;

	*bookmarks = NULL;
	*count = 0;
	sqlite3_bind_int64(statement, 2, run->number);
	status = database_run(database, statement);
	return status == STATUS_OK ? browser_list_gone(database, run, bookmarks, count) : status;
}

static enum status browser_tombstone(struct browser_ledger *ledger, int64_t bookmark)
{
	static const char sql[] = "UPDATE browser_entries SET bookmark = 0 WHERE bookmark = ?";
	struct database *database = browser_database(ledger);

	return database_run(database, database_statement_of(database, sql, bookmark));
}

static enum status browser_holds(struct browser_ledger *ledger, int64_t bookmark)
{
	static const char sql[] =
		"SELECT 1 FROM browser_entries WHERE bookmark = ? AND gone = 0 LIMIT 1";
	struct database *database = browser_database(ledger);

	return database_has_row(database, database_statement_of(database, sql, bookmark));
}

struct browser_ledger *sqlite_browser_ledger_new(struct database *database)
{
	struct sqlite_browser_ledger *self = memory_new(sizeof(*self));

	self->database = database;
	self->port = (struct browser_ledger){
		.begin = browser_begin,
		.find = browser_find,
		.see = browser_see,
		.finish = browser_finish,
		.tombstone = browser_tombstone,
		.holds = browser_holds,
	};
	return &self->port;
}

void sqlite_browser_ledger_free(struct browser_ledger *ledger)
{
	free(ledger);
}
