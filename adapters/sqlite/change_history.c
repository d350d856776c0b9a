#include "adapters/sqlite/change_history.h"

#include <sqlite3.h>

#include "adapters/sqlite/change_images.h"
#include "adapters/sqlite/database.h"

/* So many newer changes are counted, and no more. */
#define NEWER(id)                                                                                  \
	"(SELECT count(*) FROM (SELECT 1 FROM changes n WHERE n.id > " id " AND n.taken_back = 0"  \
	" LIMIT 1000))"

static const char history_sql[] = "SELECT c.id, c.at, c.command, " NEWER(
	"c.id") ", 0, i.before, i.after"
		" FROM change_images i JOIN changes c ON c.id = i.change"
		" WHERE i.bookmark = ?1 AND c.taken_back = 0"
		" UNION ALL SELECT c.id, c.at, c.command, " NEWER(
			"c.id") ", 1, NULL, NULL"
				" FROM (SELECT last, change FROM made_bookmarks WHERE first <= ?1 "
				"ORDER BY first DESC LIMIT 1)"
				" m JOIN changes c ON c.id = m.change WHERE m.last >= ?1 AND "
				"c.taken_back = 0"
				" ORDER BY 1 DESC LIMIT ?2";

/* after is what the bookmark was when the change was done; it becomes what it was before. */
static void read_sides(sqlite3_stmt *row, struct bookmark_change *change, struct bookmark *after)
{
	const char *before_text = (const char *)sqlite3_column_text(row, 5);
	const char *after_text = (const char *)sqlite3_column_text(row, 6);

	if (after_text)
		change_image_read(after_text, after);
	bookmark_copy(&change->after, after);
	change->made = !before_text;
	if (!before_text)
		return;
	change_image_read(before_text, after);
	bookmark_copy(&change->before, after);
}

static void read_change(sqlite3_stmt *row, struct bookmark_history *history, struct bookmark *after)
{
	struct bookmark_change *change = bookmark_history_add(history);
	const char *command = (const char *)sqlite3_column_text(row, 2);

	change->change = sqlite3_column_int64(row, 0);
	change->at = sqlite3_column_int64(row, 1);
	change->newer = (size_t)sqlite3_column_int64(row, 3);
	command_type_of(command ? command : "", &change->command);
	read_sides(row, change, after);
}

enum status change_history_read(struct database *database, const struct bookmark *now, size_t most,
	struct bookmark_history *history, struct error *error)
{
	sqlite3_stmt *statement = database_statement(database, history_sql);
	struct bookmark after;
	enum status status;

	if (!statement)
		return database_failure(database, 0, error);
	bookmark_init(&after);
	bookmark_copy(&after, now);
	sqlite3_bind_int64(statement, 1, now->id);
	sqlite3_bind_int64(statement, 2, (sqlite3_int64)most);
	while ((status = database_step(database, statement)) == STATUS_OK)
		read_change(statement, history, &after);
	bookmark_finish(&after);
	return status == STATUS_NOT_FOUND ? STATUS_OK : database_failure(database, 0, error);
}
