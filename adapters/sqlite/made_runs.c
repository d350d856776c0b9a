#include "adapters/sqlite/made_runs.h"

#include <sqlite3.h>

#include "adapters/sqlite/database.h"

static const char insert_sql[] =
	"INSERT INTO made_bookmarks (first, last, change, number) VALUES (?, ?, ?, ?)";
static const char find_sql[] = "SELECT first, last, change, number FROM made_bookmarks"
			       " WHERE first <= ? ORDER BY first DESC LIMIT 1";
static const char delete_sql[] = "DELETE FROM made_bookmarks WHERE first = ?";
static const char shorten_sql[] = "UPDATE made_bookmarks SET last = ?2 WHERE first = ?1";

static enum status insert(struct made_runs *runs, const struct made_run *run)
{
	sqlite3_stmt *statement = database_statement(runs->database, insert_sql);

	sqlite3_bind_int64(statement, 1, run->first);
	sqlite3_bind_int64(statement, 2, run->last);
	sqlite3_bind_int64(statement, 3, run->change);
	sqlite3_bind_int64(statement, 4, run->number);
	return database_run(runs->database, statement);
}

enum status made_runs_flush(struct made_runs *runs)
{
	struct made_run run = runs->gathered;

	runs->gathered = (struct made_run){0};
	return run.first ? insert(runs, &run) : STATUS_OK;
}

enum status made_runs_add(struct made_runs *runs, int64_t change, int64_t number, int64_t bookmark)
{
	struct made_run *run = &runs->gathered;
	enum status status;

	if (run->first && run->change == change && run->last + 1 == bookmark &&
		run->number + (bookmark - run->first) == number) {
		run->last = bookmark;
		return STATUS_OK;
	}
	status = made_runs_flush(runs);
	*run = (struct made_run){bookmark, bookmark, change, number};
	return status;
}

/* Numbers that can be counted with, whoever wrote them. */
static bool is_run(const struct made_run *run)
{
	return run->first > 0 && run->last >= run->first && run->number >= 0 &&
	       run->number <= INT64_MAX - (run->last - run->first);
}

enum status made_runs_find(struct made_runs *runs, int64_t bookmark, struct made_run *run)
{
	sqlite3_stmt *statement;
	enum status status = made_runs_flush(runs);

	if (status != STATUS_OK)
		return status;
	statement = database_statement(runs->database, find_sql);
	sqlite3_bind_int64(statement, 1, bookmark);
	status = database_step(runs->database, statement);
	if (status != STATUS_OK)
		return status;
	*run = (struct made_run){
		.first = sqlite3_column_int64(statement, 0),
		.last = sqlite3_column_int64(statement, 1),
		.change = sqlite3_column_int64(statement, 2),
		.number = sqlite3_column_int64(statement, 3),
	};
	sqlite3_reset(statement);
	return is_run(run) && run->last >= bookmark ? STATUS_OK : STATUS_NOT_FOUND;
}

static enum status delete (struct made_runs *runs, int64_t first) {
	sqlite3_stmt *statement = database_statement(runs->database, delete_sql);

	sqlite3_bind_int64(statement, 1, first);
	return database_run(runs->database, statement);
}

static enum status shorten(struct made_runs *runs, int64_t first, int64_t last)
{
	sqlite3_stmt *statement = database_statement(runs->database, shorten_sql);

	sqlite3_bind_int64(statement, 1, first);
	sqlite3_bind_int64(statement, 2, last);
	return database_run(runs->database, statement);
}

enum status made_runs_take_out(struct made_runs *runs, const struct made_run *run, int64_t bookmark)
{
	struct made_run rest = *run;
	enum status status;

	if (bookmark > run->first)
		status = shorten(runs, run->first, bookmark - 1);
	else
		status = delete (runs, run->first);
	if (status != STATUS_OK || bookmark == run->last)
		return status;
	rest.first = bookmark + 1;
	rest.number = run->number + (rest.first - run->first);
	return insert(runs, &rest);
}
