#include "adapters/sqlite/sqlite_catalogue.h"

#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "adapters/sqlite/bookmark_row.h"
#include "adapters/sqlite/database.h"
#include "adapters/sqlite/event_log.h"
#include "adapters/sqlite/id_list.h"
#include "domain/base/buffer.h"
#include "domain/base/memory.h"
#include "domain/base/text.h"
#include "domain/bookmarks/catalogue.h"
#include "domain/bookmarks/tag_counts.h"

/* What a row is ordered by: a number, or a text in the arena. */
struct order_key {
	int64_t id;
	int64_t number;
	const char *text;
};

struct order_keys {
	struct order_key *items;
	size_t count;
	size_t capacity;
};

/* Read as the table lies: through an index each row would be looked up by itself. */
static const char *const order_sql[] = {
	[BY_MODIFIED] = "SELECT id, modified FROM bookmarks NOT INDEXED WHERE deleted = 0",
	[BY_TITLE] =
		("SELECT id, coalesce(nullif(title, ''), url) FROM bookmarks NOT INDEXED WHERE "
		 "deleted = 0"),
	[BY_URL] = "SELECT id, url FROM bookmarks NOT INDEXED WHERE deleted = 0",
};

static bool listing_is_by_text(const struct listing *listing)
{
	return listing->order == BY_TITLE || listing->order == BY_URL;
}

/* Later ids first among equals. */
static int order_key_compare_numbers(const void *a, const void *b)
{
	const struct order_key *left = a, *right = b;

	if (left->number != right->number)
		return left->number > right->number ? -1 : 1;
	return left->id > right->id ? -1 : 1;
}

static int order_key_compare_texts(const void *a, const void *b)
{
	const struct order_key *left = a, *right = b;
	int order = strcmp(left->text, right->text);

	if (order != 0)
		return order;
	return left->id > right->id ? -1 : 1;
}

static struct order_key *order_keys_push(struct order_keys *keys)
{
	keys->items = memory_grow(keys->items, keys->count, &keys->capacity, sizeof(*keys->items));
	return &keys->items[keys->count++];
}

static void order_key_read(struct order_key *key, sqlite3_stmt *statement, bool text)
{
	const char *value;
	size_t length;

	*key = (struct order_key){.id = sqlite3_column_int64(statement, 0)};
	if (!text) {
		key->number = sqlite3_column_int64(statement, 1);
		return;
	}
	value = database_text(statement, 1);
	key->text = text_fold(value, (size_t)sqlite3_column_bytes(statement, 1), &length);
}

static enum status order_keys_read(
	struct database *database, const struct listing *listing, struct order_keys *keys)
{
	sqlite3_stmt *statement = database_statement(database, order_sql[listing->order]);
	enum status status;

	while ((status = database_step(database, statement)) == STATUS_OK)
		order_key_read(order_keys_push(keys), statement, listing_is_by_text(listing));
	return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

static void order_keys_cut(
	const struct order_keys *keys, const struct listing *listing, struct id_sequence *ids)
{
	size_t left = listing->offset < keys->count ? keys->count - listing->offset : 0;
	size_t count = listing->limit && listing->limit < left ? listing->limit : left;

	for (size_t i = 0; i < count; i++) {
		size_t place = listing->offset + i;

		id_sequence_put(
			ids, keys->items[listing->reverse ? keys->count - 1 - place : place].id);
	}
}

static enum status listing_sort_ids(
	struct database *database, const struct listing *listing, struct id_sequence *ids)
{
	struct order_keys keys = {0};
	enum status status = order_keys_read(database, listing, &keys);

	if (keys.count)
		qsort(keys.items, keys.count, sizeof(*keys.items),
			listing_is_by_text(listing) ? order_key_compare_texts
						    : order_key_compare_numbers);
	order_keys_cut(&keys, listing, ids);
	for (size_t i = 0; i < keys.count; i++)
		free((char *)keys.items[i].text);
	free(keys.items);
	return status;
}

static const char *listing_ids_sql(const struct listing *listing)
{
	static const char newest[] = "SELECT id FROM bookmarks WHERE deleted = 0"
				     " ORDER BY added DESC, id DESC LIMIT ? OFFSET ?";
	static const char oldest[] = "SELECT id FROM bookmarks WHERE deleted = 0"
				     " ORDER BY added, id LIMIT ? OFFSET ?";
	static const char trash[] = "SELECT id FROM bookmarks WHERE deleted <> 0"
				    " ORDER BY deleted DESC, id DESC LIMIT ? OFFSET ?";

	if (listing->trashed)
		return trash;
	return listing->reverse ? oldest : newest;
}

static enum status listing_read_ids(
	struct database *database, const struct listing *listing, struct id_sequence *ids)
{
	sqlite3_stmt *statement = database_statement_of(
		database, listing_ids_sql(listing), listing->limit ? (int64_t)listing->limit : -1);
	enum status status;

	sqlite3_bind_int64(statement, 2, (int64_t)listing->offset);
	while ((status = database_step(database, statement)) == STATUS_OK)
		id_sequence_put(ids, sqlite3_column_int64(statement, 0));
	return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

/*
 * The ids of a listing in its order, cut to its offset and limit: by the date of adding
 * and in the trash as an index has them; by title, by url and by modification sorted in memory. Not
 * BY_ID, which is how they lie. Rewound; the caller's to finish, whatever is returned.
 */
static enum status listing_ids(
	struct database *database, const struct listing *listing, struct id_sequence *ids)
{
	enum status status = listing->trashed || listing->order == BY_ADDED
				     ? listing_read_ids(database, listing, ids)
				     : listing_sort_ids(database, listing, ids);

	id_sequence_rewind(ids);
	return status;
}

/*
 * Reads the bookmarks of a listing, or of some ids, in pieces that need not be of one transaction:
 * between two of them it remembers where it is, by the ids still to come, which are those of the
 * first piece, or (BY_ID) by the last one read.
 */
struct listing_reader {
	struct database *database;
	struct listing listing; /* its offset and limit are what is left of them */
	bool any;               /* in or out of the trash */
	bool begun;
	struct id_sequence ids;
	int64_t next; /* BY_ID: the id from which on */
	size_t rows;  /* BY_ID: that were read */
	struct bookmark_row row;
};

/* Rows that are passed once are not worth their pages: now and then these are let go. */
#define ROWS_BETWEEN 4096

static void listing_reader_init(
	struct listing_reader *reader, struct database *database, const struct listing *listing)
{
	*reader = (struct listing_reader){
		.database = database,
		.listing = *listing,
		.next = listing->reverse ? INT64_MIN : INT64_MAX,
	};
}

static void listing_reader_init_of(
	struct listing_reader *reader, struct database *database, const int64_t *ids, size_t count)
{
	*reader = (struct listing_reader){.database = database, .any = true, .begun = true};
	for (size_t i = 0; i < count; i++)
		id_sequence_put(&reader->ids, ids[i]);
	id_sequence_rewind(&reader->ids);
}

/* True when an id can come after this one. */
static bool listing_reader_goes_on_after(struct listing_reader *reader, int64_t id)
{
	bool up = reader->listing.reverse;

	if (id == (up ? INT64_MAX : INT64_MIN))
		return false;
	reader->next = up ? id + 1 : id - 1;
	return true;
}

static bool listing_reader_ends_with(struct listing_reader *reader, int64_t id)
{
	bool more = listing_reader_goes_on_after(reader, id);

	reader->listing.offset = 0;
	return (reader->listing.limit && --reader->listing.limit == 0) || !more;
}

static sqlite3_stmt *listing_reader_ask(struct listing_reader *reader)
{
	const struct listing *listing = &reader->listing;
	sqlite3_stmt *statement = database_statement_of(reader->database,
		listing->reverse ? bookmark_row_up_sql : bookmark_row_down_sql, reader->next);

	sqlite3_bind_int64(statement, 2, listing->limit ? (int64_t)listing->limit : -1);
	sqlite3_bind_int64(statement, 3, (int64_t)listing->offset);
	return statement;
}

static enum status listing_reader_read_table(
	struct listing_reader *reader, bookmark_visit_fn visit, void *visitor)
{
	sqlite3_stmt *statement = listing_reader_ask(reader);
	enum status status;

	while ((status = database_step(reader->database, statement)) == STATUS_OK) {
		const struct bookmark *bookmark = bookmark_row_read(&reader->row, statement);
		bool last = listing_reader_ends_with(reader, bookmark->id);

		if (!visit(visitor, bookmark) || last) {
			status = last ? STATUS_NOT_FOUND : STATUS_OK;
			break;
		}
		if (++reader->rows % ROWS_BETWEEN == 0)
			sqlite3_db_release_memory(database_handle(reader->database));
	}
	if (statement)
		sqlite3_reset(statement);
	return status;
}

/* NOT_FOUND too if it is not where it is listed from any more. */
static enum status listing_reader_find(
	struct listing_reader *reader, sqlite3_stmt *statement, int64_t id, bool *found)
{
	enum status status;

	sqlite3_bind_int64(statement, 1, id);
	status = database_step(reader->database, statement);
	*found = status == STATUS_OK;
	if (!*found)
		return status == STATUS_NOT_FOUND ? STATUS_OK : status;
	bookmark_row_read(&reader->row, statement);
	if (!reader->any)
		*found = (reader->row.bookmark.deleted != 0) == reader->listing.trashed;
	return STATUS_OK;
}

static enum status listing_reader_read_ids(
	struct listing_reader *reader, bookmark_visit_fn visit, void *visitor)
{
	bool found, more = true;
	int64_t id;

	while (more && id_sequence_take(&reader->ids, &id)) {
		sqlite3_stmt *statement =
			database_statement(reader->database, bookmark_row_one_sql);
		enum status status = listing_reader_find(reader, statement, id, &found);

		if (status != STATUS_OK)
			return status;
		if (found)
			more = visit(visitor, &reader->row.bookmark);
		sqlite3_reset(statement);
	}
	return more ? STATUS_NOT_FOUND : STATUS_OK;
}

/*
 * Within a transaction: goes on until visit returns false (STATUS_OK), or there are no more
 * (STATUS_NOT_FOUND). No statement is open afterwards.
 */
static enum status listing_reader_read(
	struct listing_reader *reader, bookmark_visit_fn visit, void *visitor)
{
	const struct listing *listing = &reader->listing;
	enum status status = STATUS_OK;

	if (!reader->any && !listing->trashed && listing->order == BY_ID)
		return listing_reader_read_table(reader, visit, visitor);
	if (!reader->begun)
		status = listing_ids(reader->database, listing, &reader->ids);
	reader->begun = true;
	return status == STATUS_OK ? listing_reader_read_ids(reader, visit, visitor) : status;
}

static void listing_reader_finish(struct listing_reader *reader)
{
	id_sequence_finish(&reader->ids);
	bookmark_row_finish(&reader->row);
}

/*
 * Copies of a few bookmarks, so that the transaction they were read in can end before anybody
 * looks at them: whoever does may have to wait for a reader of a pipe. Their texts lie one behind
 * the other in one buffer that is used again. { 0 } is empty.
 */
struct bookmark_batch {
	struct bookmark *rows; /* their strings point nowhere: they are in texts */
	size_t count;
	size_t capacity;
	struct buffer texts;
};

/* Small enough to stay in the processor's cache, large enough to make a transaction cheap. */
#define ROWS_MAX  256
#define BYTES_MAX ((size_t)256 * 1024)

static void batch_keep_text(struct buffer *texts, const char *text)
{
	buffer_add(texts, text, strlen(text) + 1);
}

static void batch_keep_text_or_none(struct buffer *texts, const char *text)
{
	batch_keep_text(texts, text ? text : "");
}

/* A bookmark_visit_fn; self is the batch. False when it is full, with this one still in it. */
static bool bookmark_batch_keep(void *self, const struct bookmark *bookmark)
{
	struct bookmark_batch *batch = self;
	struct buffer *texts = &batch->texts;

	batch->rows =
		memory_grow(batch->rows, batch->count, &batch->capacity, sizeof(*batch->rows));
	batch->rows[batch->count++] = *bookmark;
	batch_keep_text(texts, bookmark->url);
	batch_keep_text(texts, bookmark->title);
	batch_keep_text(texts, bookmark->notes);
	batch_keep_text(texts, bookmark->source);
	batch_keep_text_or_none(texts, bookmark->link.url);
	batch_keep_text_or_none(texts, bookmark->link.reason);
	for (size_t i = 0; i < bookmark->tags.count; i++)
		batch_keep_text(texts, bookmark->tags.tags[i]);
	return batch->count < ROWS_MAX && texts->length < BYTES_MAX;
}

/* The text at *at, which moves on to the next. */
static char *batch_next_text(char **at)
{
	char *text = *at;

	*at += strlen(text) + 1;
	return text;
}

static char *batch_next_text_or_none(char **at)
{
	char *text = batch_next_text(at);

	return *text ? text : NULL;
}

static void batch_next_tags(struct tag_set *tags, char **at, size_t count)
{
	tags->count = 0;
	while (tags->count < count) {
		tags->tags =
			memory_grow(tags->tags, tags->count, &tags->capacity, sizeof(*tags->tags));
		tags->tags[tags->count++] = batch_next_text(at);
	}
}

/* Gives a row its texts; the array of its tags is lent to one row after the other. */
static void batch_row_restore(struct bookmark *row, struct tag_set *tags, char **at)
{
	row->url = batch_next_text(at);
	row->title = batch_next_text(at);
	row->notes = batch_next_text(at);
	row->source = batch_next_text(at);
	row->link.url = batch_next_text_or_none(at);
	row->link.reason = batch_next_text_or_none(at);
	batch_next_tags(tags, at, row->tags.count);
	row->tags = *tags;
}

/* Visits them in order, and empties it; false once visit has returned that. */
static bool bookmark_batch_visit(struct bookmark_batch *batch, bookmark_visit_fn visit, void *self)
{
	char *at = batch->texts.text;
	struct tag_set tags = {0};
	bool more = true;

	for (size_t i = 0; i < batch->count && more; i++) {
		batch_row_restore(&batch->rows[i], &tags, &at);
		more = visit(self, &batch->rows[i]);
	}
	free(tags.tags);
	batch->count = 0;
	buffer_clear(&batch->texts);
	return more;
}

static void bookmark_batch_finish(struct bookmark_batch *batch)
{
	free(batch->rows);
	buffer_finish(&batch->texts);
	*batch = (struct bookmark_batch){0};
}

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

static struct sqlite_catalogue *sqlite_catalogue_of(struct catalogue *catalogue)
{
	return (struct sqlite_catalogue *)catalogue;
}

/* *own says whether the transaction is this call's, and has to be ended by it. */
static enum status catalogue_begin(struct sqlite_catalogue *self, bool *own, struct error *error)
{
	*own = !database_in_transaction(self->database);
	return *own ? database_begin(self->database, false, error) : STATUS_OK;
}

/* Having no more rows is how reading ends well. */
static enum status catalogue_end(
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
static enum status catalogue_visit_all(struct sqlite_catalogue *self, struct listing_reader *reader,
	bookmark_visit_fn visit, void *visitor, struct error *error)
{
	struct bookmark_batch batch = {0};
	enum status status = STATUS_OK;
	bool own, ended = false;

	while (status == STATUS_OK && !ended) {
		status = catalogue_begin(self, &own, error);
		if (status != STATUS_OK)
			break;
		status = own ? listing_reader_read(reader, bookmark_batch_keep, &batch)
			     : listing_reader_read(reader, visit, visitor);
		ended = !own || status == STATUS_NOT_FOUND;
		status = catalogue_end(self, own, status, error);
		if (own && status == STATUS_OK && !bookmark_batch_visit(&batch, visit, visitor))
			ended = true;
	}
	bookmark_batch_finish(&batch);
	return status;
}

static enum status catalogue_each(struct catalogue *catalogue, const struct listing *listing,
	bookmark_visit_fn visit, void *visitor, struct error *error)
{
	struct sqlite_catalogue *self = sqlite_catalogue_of(catalogue);
	struct listing_reader reader;
	enum status status;

	listing_reader_init(&reader, self->database, listing);
	status = catalogue_visit_all(self, &reader, visit, visitor, error);
	listing_reader_finish(&reader);
	return status;
}

static enum status catalogue_each_of(struct catalogue *catalogue, const int64_t *ids, size_t count,
	bookmark_visit_fn visit, void *visitor, struct error *error)
{
	struct sqlite_catalogue *self = sqlite_catalogue_of(catalogue);
	struct listing_reader reader;
	enum status status;

	listing_reader_init_of(&reader, self->database, ids, count);
	status = catalogue_visit_all(self, &reader, visit, visitor, error);
	listing_reader_finish(&reader);
	return status;
}

static enum status catalogue_ask(
	struct sqlite_catalogue *self, sqlite3_stmt *statement, int64_t *value, struct error *error)
{
	bool own;
	enum status status = catalogue_begin(self, &own, error);

	*value = 0;
	if (status != STATUS_OK)
		return status;
	status = database_number(self->database, statement, value);
	return catalogue_end(self, own, status, error);
}

static enum status catalogue_find(
	struct catalogue *catalogue, const char *normal_form, int64_t *id, struct error *error)
{
	struct sqlite_catalogue *self = sqlite_catalogue_of(catalogue);
	sqlite3_stmt *statement = database_statement(self->database, find_sql);

	sqlite3_bind_text(statement, 1, normal_form, -1, SQLITE_TRANSIENT);
	return catalogue_ask(self, statement, id, error);
}

static enum status catalogue_each_tag(
	struct catalogue *catalogue, tag_visit_fn visit, void *visitor, struct error *error)
{
	struct sqlite_catalogue *self = sqlite_catalogue_of(catalogue);
	struct tag_counts *counts;
	sqlite3_stmt *statement;
	bool own;
	enum status status = catalogue_begin(self, &own, error);

	if (status != STATUS_OK)
		return status;
	counts = tag_counts_new();
	statement = database_statement(self->database, tags_sql);
	while ((status = database_step(self->database, statement)) == STATUS_OK)
		tag_counts_add_list(counts, database_text(statement, 0));
	status = catalogue_end(self, own, status, error);
	if (status == STATUS_OK)
		tag_counts_each(counts, visit, visitor);
	tag_counts_free(counts);
	return status;
}

static enum status catalogue_each_event(struct catalogue *catalogue, int64_t after,
	event_visit_fn visit, void *visitor, struct error *error)
{
	struct sqlite_catalogue *self = sqlite_catalogue_of(catalogue);
	bool own;
	enum status status = catalogue_begin(self, &own, error);

	if (status != STATUS_OK)
		return status;
	return catalogue_end(
		self, own, event_log_each(self->database, after, visit, visitor), error);
}

static enum status catalogue_last_event(
	struct catalogue *catalogue, int64_t *id, struct error *error)
{
	struct sqlite_catalogue *self = sqlite_catalogue_of(catalogue);

	return catalogue_ask(self, database_statement(self->database, last_sql), id, error);
}

static enum status catalogue_count(struct catalogue *catalogue, size_t *count, struct error *error)
{
	struct sqlite_catalogue *self = sqlite_catalogue_of(catalogue);
	int64_t rows;
	enum status status =
		catalogue_ask(self, database_statement(self->database, count_sql), &rows, error);

	*count = (size_t)rows;
	return status;
}

struct catalogue *sqlite_catalogue_new(struct database *database)
{
	struct sqlite_catalogue *self = memory_new(sizeof(*self));

	self->database = database;
	self->port = (struct catalogue){
		.each = catalogue_each,
		.each_of = catalogue_each_of,
		.find = catalogue_find,
		.each_tag = catalogue_each_tag,
		.each_event = catalogue_each_event,
		.last_event = catalogue_last_event,
		.count = catalogue_count,
	};
	return &self->port;
}

void sqlite_catalogue_free(struct catalogue *catalogue)
{
	free(catalogue);
}

static enum status stamp_read_uuid(struct sqlite_catalogue *self, struct library_stamp *stamp)
{
	sqlite3_stmt *statement = database_statement(self->database, uuid_sql);
	enum status status = database_step(self->database, statement);

	if (status != STATUS_OK)
		return status;
	snprintf(stamp->uuid, sizeof(stamp->uuid), "%s", database_text(statement, 0));
	sqlite3_reset(statement);
	return STATUS_OK;
}

static enum status stamp_read_last(struct sqlite_catalogue *self, struct library_stamp *stamp)
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
	struct sqlite_catalogue *self = sqlite_catalogue_of(catalogue);
	bool own;
	enum status status = catalogue_begin(self, &own, error);

	*stamp = (struct library_stamp){0};
	if (status != STATUS_OK)
		return status;
	status = stamp_read_uuid(self, stamp);
	if (status == STATUS_OK)
		status = stamp_read_last(self, stamp);
	return catalogue_end(self, own, status, error);
}

enum status sqlite_catalogue_mark(struct catalogue *catalogue, int64_t event, int64_t *mark)
{
	struct sqlite_catalogue *self = sqlite_catalogue_of(catalogue);
	sqlite3_stmt *statement = database_statement_of(self->database, mark_sql, event);

	return database_number(self->database, statement, mark);
}
