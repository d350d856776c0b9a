#include "adapters/sqlite/event_log.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "adapters/sqlite/database.h"
#include "adapters/sqlite/id_list.h"
#include "domain/base/memory.h"

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
	sqlite3_stmt *statement = database_statement_of(database, sql, event->at);
	enum status status;

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
	sqlite3_stmt *statement = database_statement_of(database, sql, after);
	int64_t *ids = NULL;
	size_t capacity = 0;
	enum status status;

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

#define CONSUMER_COLUMNS                                                                           \
	"SELECT name, position, history <> (SELECT history FROM library), attempts, retry_at,"     \
	" (SELECT count(*) FROM events WHERE id > position) FROM consumers"

struct consumer_list {
	struct consumer *items;
	size_t count;
	size_t capacity;
};

static sqlite3_stmt *consumers_prepare(struct database *database, const char *sql, const char *name)
{
	sqlite3_stmt *statement = database_statement(database, sql);

	database_bind_text(statement, 1, name);
	return statement;
}

static void read_consumer(sqlite3_stmt *statement, struct consumer *consumer)
{
	*consumer = (struct consumer){
		.position = sqlite3_column_int64(statement, 1),
		.other_history = sqlite3_column_int(statement, 2) != 0,
		.attempts = sqlite3_column_int64(statement, 3),
		.retry_at = sqlite3_column_int64(statement, 4),
		.behind = sqlite3_column_int64(statement, 5),
	};
	snprintf(consumer->name, sizeof(consumer->name), "%s", database_text(statement, 0));
}

enum status consumer_find(
	struct database *database, const char *name, struct consumer *consumer, struct error *error)
{
	static const char sql[] = CONSUMER_COLUMNS " WHERE name = ?";
	enum status status = database_begin(database, false, error);
	sqlite3_stmt *statement;

	if (status != STATUS_OK)
		return status;
	statement = consumers_prepare(database, sql, name);
	status = database_step(database, statement);
	if (status == STATUS_OK)
		read_consumer(statement, consumer);
	else if (status != STATUS_NOT_FOUND)
		database_failure(database, 0, error);
	sqlite3_reset(statement);
	database_rollback(database);
	return status;
}

static enum status list_consumers(
	struct database *database, struct consumer_list *list, struct error *error)
{
	static const char sql[] = CONSUMER_COLUMNS " ORDER BY name";
	enum status status = database_begin(database, false, error);
	sqlite3_stmt *statement;

	if (status != STATUS_OK)
		return status;
	statement = database_statement(database, sql);
	while ((status = database_step(database, statement)) == STATUS_OK) {
		list->items = memory_grow(
			list->items, list->count, &list->capacity, sizeof(*list->items));
		read_consumer(statement, &list->items[list->count++]);
	}
	if (status == STATUS_NOT_FOUND)
		status = STATUS_OK;
	else
		database_failure(database, 0, error);
	database_rollback(database);
	return status;
}

enum status consumers_each(
	struct database *database, consumer_visit_fn visit, void *self, struct error *error)
{
	struct consumer_list list = {0};
	enum status status = list_consumers(database, &list, error);

	for (size_t i = 0; i < list.count && status == STATUS_OK; i++)
		if (!visit(self, &list.items[i]))
			break;
	free(list.items);
	return status;
}

enum status consumer_place(
	struct database *database, const char *name, int64_t position, struct error *error)
{
	static const char sql[] =
		"INSERT OR REPLACE INTO consumers (name, position, history, attempts, retry_at,"
		" holder, held_until) SELECT ?1, max(?2, 0), history, 0, 0, '', 0 FROM library";
	sqlite3_stmt *statement;

	if (!*name || strlen(name) >= sizeof(((struct consumer *)NULL)->name))
		return error_fail(STATUS_INVALID, error,
			"the name of a consumer has 1 to %zu bytes",
			sizeof(((struct consumer *)NULL)->name) - 1);
	statement = consumers_prepare(database, sql, name);
	sqlite3_bind_int64(statement, 2, position);
	return database_change(database, statement, error);
}

/* Why an acknowledgement changed nothing: all of it was known, or there is something wrong. */
static enum status explain_unmoved(struct database *database, const char *name, struct error *error)
{
	struct consumer consumer;
	enum status status = consumer_find(database, name, &consumer, error);

	if (status != STATUS_OK || !consumer.other_history)
		return status;
	return error_fail(STATUS_CONFLICT, error,
		"the position of %s is of another history of this library, which was put back from "
		"a copy: forget it and begin anew",
		name);
}

enum status consumer_acknowledge(
	struct database *database, const char *name, int64_t event, struct error *error)
{
	static const char sql[] =
		"UPDATE consumers SET attempts = 0, retry_at = 0, position ="
		" min(?2, (SELECT coalesce(max(id), 0) FROM events)) WHERE name = ?1 AND"
		" position < ?2 AND history = (SELECT history FROM library)";
	sqlite3_stmt *statement = consumers_prepare(database, sql, name);
	enum status status;

	sqlite3_bind_int64(statement, 2, event);
	status = database_change(database, statement, error);
	return status == STATUS_NOT_FOUND ? explain_unmoved(database, name, error) : status;
}

enum status consumer_note_failure(
	struct database *database, const char *name, int64_t retry_at, struct error *error)
{
	static const char sql[] =
		"UPDATE consumers SET attempts = attempts + 1, retry_at = ?2 WHERE name = ?1";
	sqlite3_stmt *statement = consumers_prepare(database, sql, name);

	sqlite3_bind_int64(statement, 2, retry_at);
	return database_change(database, statement, error);
}

enum status consumer_forget(struct database *database, const char *name, struct error *error)
{
	static const char sql[] = "DELETE FROM consumers WHERE name = ?";

	return database_change(database, consumers_prepare(database, sql, name), error);
}
