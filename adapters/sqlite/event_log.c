#include "adapters/sqlite/event_log.h"

#include <stdlib.h>
#include <sqlite3.h>

#include "adapters/sqlite/database.h"
#include "adapters/sqlite/id_list.h"

static int64_t random_mark(void)
{
	int64_t mark;

	sqlite3_randomness(sizeof(mark), &mark);
	return mark;
}

enum status event_log_append(struct database *database, struct event *event)
{
	static const char sql[] =
		"INSERT INTO events (at, event, command, change, mark, subject, bookmarks, origin,"
		" fields, detail) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
	char *bookmarks = id_list_print(event->bookmarks, event->count);
	sqlite3_stmt *statement = database_statement(database, sql);
	enum status status;

	sqlite3_bind_int64(statement, 1, event->at);
	database_bind_text(statement, 2, event_name(event->type));
	database_bind_text(statement, 3, command_name(event->command));
	sqlite3_bind_int64(statement, 4, event->change);
	sqlite3_bind_int64(statement, 5, random_mark());
	database_bind_text(statement, 6, event->subject);
	database_bind_text(statement, 7, bookmarks);
	database_bind_text(statement, 8, event->origin);
	database_bind_text(statement, 9, event->fields);
	database_bind_text(statement, 10, event->detail);
	status = database_run(database, statement);
	if (statement)
		sqlite3_clear_bindings(statement);
	free(bookmarks);
	if (status == STATUS_OK)
		event->id = sqlite3_last_insert_rowid(database_handle(database));
	return status;
}

/* False for one that cannot be understood. */
static bool read_event(
	sqlite3_stmt *statement, struct event *event, int64_t **ids, size_t *capacity)
{
	*event = (struct event){
		.id = sqlite3_column_int64(statement, 0),
		.at = sqlite3_column_int64(statement, 1),
		.change = sqlite3_column_int64(statement, 4),
		.subject = database_text(statement, 5),
		.origin = database_text(statement, 7),
		.fields = database_text(statement, 8),
		.detail = database_text(statement, 9),
	};
	event->count =
		id_list_read(database_text(statement, 6), ids, capacity, EVENT_BOOKMARKS_MAX);
	event->bookmarks = *ids;
	return event_type_of(database_text(statement, 2), &event->type) &&
	       command_type_of(database_text(statement, 3), &event->command);
}

enum status event_log_each(
	struct database *database, int64_t after, event_visit_fn visit, void *self)
{
	static const char sql[] =
		"SELECT id, at, event, command, change, subject, bookmarks, origin, fields, detail"
		" FROM events WHERE id > ? ORDER BY id";
	sqlite3_stmt *statement = database_statement(database, sql);
	int64_t *ids = NULL;
	size_t capacity = 0;
	enum status status;

	sqlite3_bind_int64(statement, 1, after);
	while ((status = database_step(database, statement)) == STATUS_OK) {
		struct event event;

		if (read_event(statement, &event, &ids, &capacity) && !visit(self, &event))
			break;
	}
	if (statement)
		sqlite3_reset(statement);
	free(ids);
	return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

enum status event_log_forget(
	struct database *database, int64_t before, int64_t *dropped, struct error *error)
{
	static const char sql[] =
		"DELETE FROM events WHERE at < ?1 AND id < (SELECT max(id) FROM events) AND id <="
		" coalesce((SELECT min(position) FROM consumers WHERE history ="
		" (SELECT history FROM library)), 9223372036854775807)";
	sqlite3_stmt *statement;
	enum status status;

	*dropped = 0;
	statement = database_statement(database, sql);
	sqlite3_bind_int64(statement, 1, before);
	status = database_change(database, statement, error);
	if (status == STATUS_OK)
		*dropped = sqlite3_changes(database_handle(database));
	return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}
