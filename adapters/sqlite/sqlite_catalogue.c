#include "adapters/sqlite/sqlite_catalogue.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sqlite3.h>

#include "adapters/sqlite/bookmark_batch.h"
#include "adapters/sqlite/database.h"
#include "adapters/sqlite/event_log.h"
#include "adapters/sqlite/listing_reader.h"
#include "domain/base/memory.h"
#include "domain/bookmarks/tag_counts.h"

struct sqlite_catalogue {
	struct catalogue port;
	struct database *database;
};

static const char find_sql[] =
	"SELECT id FROM bookmarks WHERE coalesce(address, url) = ? AND deleted = 0";
/* What reads every row reads the table as it lies, whatever index the planner would like. */
static const char tags_sql[] = "SELECT tags FROM bookmarks NOT INDEXED WHERE deleted = 0"
			       " AND tags <> ''";
static const char count_sql[] = "SELECT count(*) FROM bookmarks WHERE deleted = 0";
static const char uuid_sql[] = "SELECT uuid FROM library";
static const char last_sql[] = "SELECT id, mark FROM events ORDER BY id DESC LIMIT 1";
static const char mark_sql[] = "SELECT mark FROM events WHERE id = ?1";

static struct sqlite_catalogue *self_of(struct catalogue *catalogue)
{
	return (struct sqlite_catalogue *)catalogue;
}

/* *own says whether the transaction is this call's, and has to be ended by it. */
static enum status begin(struct sqlite_catalogue *self, bool *own, struct error *error)
{
	*own = !database_in_transaction(self->database);
	return *own ? database_begin(self->database, false, error) : STATUS_OK;
}

/* Having no more rows is how reading ends well. */
static enum status end(
	struct sqlite_catalogue *self, bool own, enum status status, struct error *error)
{
	if (status == STATUS_NOT_FOUND)
		status = STATUS_OK;
	if (status != STATUS_OK)
		database_failure(self->database, 0, error);
	if (own)
		database_rollback(self->database);
	return status;
}

/*
 * A piece at a time, each read in a transaction of its own and visited after it, so that a visitor
 * who waits holds nothing. Inside a transaction of the caller's all is one state, and is visited as
 * it is read.
 */
static enum status visit_all(struct sqlite_catalogue *self, struct listing_reader *reader,
	bookmark_visit_fn visit, void *visitor, struct error *error)
{
	struct bookmark_batch batch = {0};
	enum status status = STATUS_OK;
	bool own, ended = false;

	while (status == STATUS_OK && !ended) {
		status = begin(self, &own, error);
		if (status != STATUS_OK)
			break;
		status = own ? listing_reader_read(reader, bookmark_batch_keep, &batch)
			     : listing_reader_read(reader, visit, visitor);
		ended = !own || status == STATUS_NOT_FOUND;
		status = end(self, own, status, error);
		if (own && status == STATUS_OK && !bookmark_batch_visit(&batch, visit, visitor))
			ended = true;
	}
	bookmark_batch_finish(&batch);
	return status;
}

static enum status each(struct catalogue *catalogue, const struct listing *listing,
	bookmark_visit_fn visit, void *visitor, struct error *error)
{
	struct sqlite_catalogue *self = self_of(catalogue);
	struct listing_reader reader;
	enum status status;

	listing_reader_init(&reader, self->database, listing);
	status = visit_all(self, &reader, visit, visitor, error);
	listing_reader_finish(&reader);
	return status;
}

static enum status each_of(struct catalogue *catalogue, const int64_t *ids, size_t count,
	bookmark_visit_fn visit, void *visitor, struct error *error)
{
	struct sqlite_catalogue *self = self_of(catalogue);
	struct listing_reader reader;
	enum status status;

	listing_reader_init_of(&reader, self->database, ids, count);
	status = visit_all(self, &reader, visit, visitor, error);
	listing_reader_finish(&reader);
	return status;
}

static enum status ask(
	struct sqlite_catalogue *self, sqlite3_stmt *statement, int64_t *value, struct error *error)
{
	bool own;
	enum status status = begin(self, &own, error);

	*value = 0;
	if (status != STATUS_OK)
		return status;
	status = database_step(self->database, statement);
	if (status == STATUS_OK)
		*value = sqlite3_column_int64(statement, 0);
	if (statement)
		sqlite3_reset(statement);
	return end(self, own, status, error);
}

static enum status find(
	struct catalogue *catalogue, const char *normal_form, int64_t *id, struct error *error)
{
	struct sqlite_catalogue *self = self_of(catalogue);
	sqlite3_stmt *statement = database_statement(self->database, find_sql);

	sqlite3_bind_text(statement, 1, normal_form, -1, SQLITE_TRANSIENT);
	return ask(self, statement, id, error);
}

static enum status each_tag(
	struct catalogue *catalogue, tag_visit_fn visit, void *visitor, struct error *error)
{
	struct sqlite_catalogue *self = self_of(catalogue);
	struct tag_counts *counts;
	sqlite3_stmt *statement;
	bool own;
	enum status status = begin(self, &own, error);

	if (status != STATUS_OK)
		return status;
	counts = tag_counts_new();
	statement = database_statement(self->database, tags_sql);
	while ((status = database_step(self->database, statement)) == STATUS_OK)
		tag_counts_add_list(counts, database_text(statement, 0));
	status = end(self, own, status, error);
	if (status == STATUS_OK)
		tag_counts_each(counts, visit, visitor);
	tag_counts_free(counts);
	return status;
}

static enum status each_event(struct catalogue *catalogue, int64_t after, event_visit_fn visit,
	void *visitor, struct error *error)
{
	struct sqlite_catalogue *self = self_of(catalogue);
	bool own;
	enum status status = begin(self, &own, error);

	if (status != STATUS_OK)
		return status;
	return end(self, own, event_log_each(self->database, after, visit, visitor), error);
}

static enum status last_event(struct catalogue *catalogue, int64_t *id, struct error *error)
{
	struct sqlite_catalogue *self = self_of(catalogue);

	return ask(self, database_statement(self->database, last_sql), id, error);
}

static enum status count_rows(struct catalogue *catalogue, size_t *count, struct error *error)
{
	struct sqlite_catalogue *self = self_of(catalogue);
	int64_t rows;
	enum status status = ask(self, database_statement(self->database, count_sql), &rows, error);

	*count = (size_t)rows;
	return status;
}

struct catalogue *sqlite_catalogue_new(struct database *database)
{
	struct sqlite_catalogue *self = memory_new(sizeof(*self));

	self->database = database;
	self->port = (struct catalogue){
		.each = each,
		.each_of = each_of,
		.find = find,
		.each_tag = each_tag,
		.each_event = each_event,
		.last_event = last_event,
		.count = count_rows,
	};
	return &self->port;
}

void sqlite_catalogue_free(struct catalogue *catalogue)
{
	free(catalogue);
}

static enum status read_uuid(struct sqlite_catalogue *self, struct library_stamp *stamp)
{
	sqlite3_stmt *statement = database_statement(self->database, uuid_sql);
	enum status status = database_step(self->database, statement);

	if (status != STATUS_OK)
		return status;
	snprintf(stamp->uuid, sizeof(stamp->uuid), "%s", database_text(statement, 0));
	sqlite3_reset(statement);
	return STATUS_OK;
}

static enum status read_last(struct sqlite_catalogue *self, struct library_stamp *stamp)
{
	sqlite3_stmt *statement = database_statement(self->database, last_sql);
	enum status status = database_step(self->database, statement);

	if (status != STATUS_OK)
		return status;
	stamp->last_event = sqlite3_column_int64(statement, 0);
	stamp->mark = sqlite3_column_int64(statement, 1);
	sqlite3_reset(statement);
	return STATUS_OK;
}

enum status sqlite_catalogue_stamp(
	struct catalogue *catalogue, struct library_stamp *stamp, struct error *error)
{
	struct sqlite_catalogue *self = self_of(catalogue);
	bool own;
	enum status status = begin(self, &own, error);

	*stamp = (struct library_stamp){0};
	if (status != STATUS_OK)
		return status;
	status = read_uuid(self, stamp);
	if (status == STATUS_OK)
		status = read_last(self, stamp);
	return end(self, own, status, error);
}

enum status sqlite_catalogue_mark(struct catalogue *catalogue, int64_t event, int64_t *mark)
{
	struct sqlite_catalogue *self = self_of(catalogue);
	sqlite3_stmt *statement = database_statement(self->database, mark_sql);
	enum status status;

	sqlite3_bind_int64(statement, 1, event);
	status = database_step(self->database, statement);
	if (status != STATUS_OK)
		return status;
	*mark = sqlite3_column_int64(statement, 0);
	sqlite3_reset(statement);
	return STATUS_OK;
}
