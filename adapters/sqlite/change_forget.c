#include "adapters/sqlite/change_forget.h"

#include <stdlib.h>
#include <sqlite3.h>

#include "adapters/sqlite/change_images.h"
#include "adapters/sqlite/database.h"
#include "adapters/sqlite/made_runs.h"
#include "domain/base/memory.h"

struct changes {
	int64_t *ids;
	size_t count;
	size_t capacity;
};

static void push(struct changes *changes, int64_t id)
{
	changes->ids = memory_grow(
		changes->ids, changes->count, &changes->capacity, sizeof(*changes->ids));
	changes->ids[changes->count++] = id;
}

static enum status list_changes(
	struct database *database, int64_t bookmark, struct changes *changes)
{
	static const char sql[] = "SELECT change FROM change_images WHERE bookmark = ?";
	sqlite3_stmt *statement = database_statement(database, sql);
	enum status status;

	sqlite3_bind_int64(statement, 1, bookmark);
	while ((status = database_step(database, statement)) == STATUS_OK)
		push(changes, sqlite3_column_int64(statement, 0));
	return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

static enum status forget_made(struct made_runs *runs, int64_t bookmark, struct changes *changes)
{
	struct made_run made;
	enum status status = made_runs_find(runs, bookmark, &made);

	if (status != STATUS_OK)
		return status == STATUS_NOT_FOUND ? STATUS_OK : status;
	push(changes, made.change);
	return made_runs_take_out(runs, &made, bookmark);
}

static enum status drop_if_spent(struct database *database, int64_t change)
{
	static const char sql[] =
		"DELETE FROM changes WHERE id = ?1"
		" AND NOT EXISTS (SELECT 1 FROM change_images WHERE change = ?1)"
		" AND NOT EXISTS (SELECT 1 FROM made_bookmarks WHERE change = ?1)";

	sqlite3_stmt *statement = database_statement(database, sql);

	sqlite3_bind_int64(statement, 1, change);
	return database_run(database, statement);
}

enum status change_forget(struct database *database, struct made_runs *runs, int64_t bookmark)
{
	struct changes changes = {0};
	enum status status = list_changes(database, bookmark, &changes);

	if (status == STATUS_OK)
		status = change_images_forget(database, bookmark);
	if (status == STATUS_OK)
		status = forget_made(runs, bookmark, &changes);
	for (size_t i = 0; i < changes.count && status == STATUS_OK; i++)
		status = drop_if_spent(database, changes.ids[i]);
	free(changes.ids);
	return status;
}
