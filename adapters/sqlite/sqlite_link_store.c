#include "adapters/sqlite/sqlite_ports.h"

#include <stdlib.h>
#include <sqlite3.h>

#include "adapters/sqlite/database.h"
#include "domain/base/memory.h"

struct sqlite_link_store {
	struct link_store port;
	struct database *database;
};

static struct database *link_database(struct link_store *links)
{
	return ((struct sqlite_link_store *)links)->database;
}

static char *copy_column(sqlite3_stmt *statement, int column)
{
	const char *text = database_text(statement, column);

	return *text ? memory_copy_string(text) : NULL;
}

static enum status link_get(struct link_store *links, int64_t bookmark, struct bookmark_link *link)
{
	static const char sql[] = "SELECT state, since, checked, missing_since, status, url,"
				  " reason FROM links WHERE bookmark = ?";
	struct database *database = link_database(links);
	sqlite3_stmt *statement = database_statement_of(database, sql, bookmark);
	enum status status;

	*link = (struct bookmark_link){0};
	status = database_step(database, statement);
	if (status != STATUS_OK)
		return status;
	if (!link_state_of(database_text(statement, 0), &link->state) ||
		link->state == LINK_UNCHECKED) {
		sqlite3_reset(statement);
		return STATUS_NOT_FOUND;
	}
	link->since = sqlite3_column_int64(statement, 1);
	link->checked = sqlite3_column_int64(statement, 2);
	link->missing_since = sqlite3_column_int64(statement, 3);
	link->status = sqlite3_column_int(statement, 4);
	link->url = copy_column(statement, 5);
	link->reason = copy_column(statement, 6);
	sqlite3_reset(statement);
	return STATUS_OK;
}

static enum status link_forget(struct database *database, int64_t bookmark)
{
	static const char sql[] = "DELETE FROM links WHERE bookmark = ?";

	return database_run(database, database_statement_of(database, sql, bookmark));
}

static enum status link_put(
	struct link_store *links, int64_t bookmark, const struct bookmark_link *link)
{
	static const char sql[] =
		"INSERT OR REPLACE INTO links (bookmark, state, since, checked, missing_since,"
		" status, url, reason) VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
	struct database *database = link_database(links);
	sqlite3_stmt *statement;

	if (link->state == LINK_UNCHECKED)
		return link_forget(database, bookmark);
	statement = database_statement(database, sql);
	sqlite3_bind_int64(statement, 1, bookmark);
	database_bind_text(statement, 2, link_state_name(link->state));
	sqlite3_bind_int64(statement, 3, link->since);
	sqlite3_bind_int64(statement, 4, link->checked);
	sqlite3_bind_int64(statement, 5, link->missing_since);
	sqlite3_bind_int(statement, 6, link->status);
	database_bind_text(statement, 7, link->url);
	database_bind_text(statement, 8, link->reason);
	return database_run(database, statement);
}

struct link_store *sqlite_link_store_new(struct database *database)
{
	struct sqlite_link_store *self = memory_new(sizeof(*self));

	self->database = database;
	self->port = (struct link_store){.get = link_get, .put = link_put};
	return &self->port;
}

void sqlite_link_store_free(struct link_store *links)
{
	free(links);
}
