#include "adapters/sqlite/listing_reader.h"

#include <sqlite3.h>

#include "adapters/sqlite/database.h"
#include "adapters/sqlite/listing_order.h"

/* Rows that are passed once are not worth their pages: now and then these are let go. */
#define ROWS_BETWEEN 4096

#define SELECT_ROWS  "SELECT " BOOKMARK_COLUMNS " FROM bookmarks b"

static const char down_sql[] =
	SELECT_ROWS " NOT INDEXED" BOOKMARK_LINKS " WHERE b.deleted = 0 AND b.id <= ?"
		    " ORDER BY b.id DESC LIMIT ? OFFSET ?";
static const char up_sql[] =
	SELECT_ROWS " NOT INDEXED" BOOKMARK_LINKS " WHERE b.deleted = 0 AND b.id >= ?"
		    " ORDER BY b.id LIMIT ? OFFSET ?";
static const char one_sql[] = SELECT_ROWS BOOKMARK_LINKS " WHERE b.id = ?";

void listing_reader_init(
	struct listing_reader *reader, struct database *database, const struct listing *listing)
{
	*reader = (struct listing_reader){
		.database = database,
		.listing = *listing,
		.next = listing->reverse ? INT64_MIN : INT64_MAX,
	};
}

void listing_reader_init_of(
	struct listing_reader *reader, struct database *database, const int64_t *ids, size_t count)
{
	*reader = (struct listing_reader){.database = database, .any = true, .begun = true};
	for (size_t i = 0; i < count; i++)
		id_sequence_put(&reader->ids, ids[i]);
	id_sequence_rewind(&reader->ids);
}

/* True when an id can come after this one. */
static bool go_on_after(struct listing_reader *reader, int64_t id)
{
	bool up = reader->listing.reverse;

	if (id == (up ? INT64_MAX : INT64_MIN))
		return false;
	reader->next = up ? id + 1 : id - 1;
	return true;
}

static bool was_the_last(struct listing_reader *reader, int64_t id)
{
	bool more = go_on_after(reader, id);

	reader->listing.offset = 0;
	return (reader->listing.limit && --reader->listing.limit == 0) || !more;
}

static sqlite3_stmt *ask_on(struct listing_reader *reader)
{
	const struct listing *listing = &reader->listing;
	sqlite3_stmt *statement =
		database_statement(reader->database, listing->reverse ? up_sql : down_sql);

	sqlite3_bind_int64(statement, 1, reader->next);
	sqlite3_bind_int64(statement, 2, listing->limit ? (int64_t)listing->limit : -1);
	sqlite3_bind_int64(statement, 3, (int64_t)listing->offset);
	return statement;
}

static enum status read_as_it_lies(
	struct listing_reader *reader, bookmark_visit_fn visit, void *visitor)
{
	sqlite3_stmt *statement = ask_on(reader);
	enum status status;

	while ((status = database_step(reader->database, statement)) == STATUS_OK) {
		const struct bookmark *bookmark = bookmark_row_read(&reader->row, statement);
		bool last = was_the_last(reader, bookmark->id);

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
static enum status find_one(
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

static enum status read_ids(struct listing_reader *reader, bookmark_visit_fn visit, void *visitor)
{
	bool found, more = true;
	int64_t id;

	while (more && id_sequence_take(&reader->ids, &id)) {
		sqlite3_stmt *statement = database_statement(reader->database, one_sql);
		enum status status = find_one(reader, statement, id, &found);

		if (status != STATUS_OK)
			return status;
		if (found)
			more = visit(visitor, &reader->row.bookmark);
		sqlite3_reset(statement);
	}
	return more ? STATUS_NOT_FOUND : STATUS_OK;
}

enum status listing_reader_read(
	struct listing_reader *reader, bookmark_visit_fn visit, void *visitor)
{
	const struct listing *listing = &reader->listing;
	enum status status = STATUS_OK;

	if (!reader->any && !listing->trashed && listing->order == BY_ID)
		return read_as_it_lies(reader, visit, visitor);
	if (!reader->begun)
		status = listing_order_ids(reader->database, listing, &reader->ids);
	reader->begun = true;
	return status == STATUS_OK ? read_ids(reader, visit, visitor) : status;
}

void listing_reader_finish(struct listing_reader *reader)
{
	id_sequence_finish(&reader->ids);
	bookmark_row_finish(&reader->row);
}
