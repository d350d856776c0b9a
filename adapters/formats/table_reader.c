#include "adapters/formats/formats.h"

#include <stdlib.h>
#include <string.h>

#include "adapters/formats/dates.h"
#include "adapters/formats/sqlite_source.h"
#include "adapters/formats/record.h"
#include "domain/base/memory.h"

/*
 * A table with a row for each bookmark. The statement yields id, address, title, notes, tags,
 * date added, date modified, source and unstarred; NULL is what a table does not have.
 */
struct table_format {
	const char *name;
	const char *table;
	const char *const *columns;
	const char *sql;
	bool has_seconds; /* its dates are */
};

struct table_source {
	struct bookmark_source source; /* first, so that a source is one of these */
	const struct table_format *format;
	struct sqlite_source *database;
	sqlite3_stmt *statement;
	struct record record;
};

enum { ID, URL, TITLE, NOTES, TAGS, ADDED, MODIFIED, SOURCE, UNSTARRED };

static const char *const buku_columns[] = {"id", "URL", "metadata", "tags", "desc", NULL};
static const char *const bark_columns[] = {"id", "title", "url", "notes", "date_added", NULL};
static const char *const barky_columns[] = {"id", "url", "title", "notes", "tags", "added",
	"modified", "deleted", "source", "unstarred", NULL};

static const struct table_format buku = {"buku", "bookmarks", buku_columns,
	"SELECT id, URL, metadata, \"desc\", tags, NULL, NULL, NULL, NULL FROM bookmarks", false};
static const struct table_format bark = {"bark", "bookmarks", bark_columns,
	"SELECT id, url, title, notes, NULL, date_added, NULL, NULL, NULL FROM bookmarks", false};
static const struct table_format barky = {"barky", "bookmarks", barky_columns,
	"SELECT id, url, title, notes, tags, added, modified, source, unstarred FROM bookmarks"
	" WHERE deleted = 0",
	true};

static int64_t date_of(const struct table_source *source, int column)
{
	sqlite3_stmt *statement = source->statement;

	if (source->format->has_seconds)
		return sqlite3_column_int64(statement, column);
	switch (sqlite3_column_type(statement, column)) {
	case SQLITE_INTEGER: return date_of_number(sqlite3_column_int64(statement, column));
	case SQLITE_FLOAT:
	case SQLITE_TEXT: return date_of_text((const char *)sqlite3_column_text(statement, column));
	default: return NO_DATE;
	}
}

static const char *table_fill(struct table_source *source)
{
	sqlite3_stmt *statement = source->statement;
	struct record *record = &source->record;
	const char *origin;
	struct buffer tags = {0};

	if (!sqlite_source_add_text(statement, URL, false, &record->url))
		return "its address is not text";
	if (!sqlite_source_add_text(statement, TITLE, true, &record->title))
		return "its title is not text";
	if (!sqlite_source_add_text(statement, NOTES, true, &record->notes))
		return "its notes are not text";
	if (!sqlite_source_add_text(statement, TAGS, true, &tags))
		return "its tags are not text";
	record_add_folder(record, buffer_text(&tags));
	buffer_finish(&tags);
	record->bookmark.added = date_of(source, ADDED);
	record->bookmark.modified = date_of(source, MODIFIED);
	origin = (const char *)sqlite3_column_text(statement, SOURCE);
	if (origin)
		record_set_origin(record, origin);
	record->bookmark.unstarred = sqlite3_column_int(statement, UNSTARRED) != 0;
	return NULL;
}

static enum source_step take_row(
	struct table_source *source, struct found_bookmark *found, struct error *error)
{
	const char *why;

	record_clear(&source->record);
	source->record.place = (long)sqlite3_column_int64(source->statement, ID);
	why = table_fill(source);
	if (!why)
		return record_yield(&source->record, found, error);
	error_set(error, "%s", why);
	return record_skip(source->record.place, found);
}

static enum source_step table_next(
	struct bookmark_source *base, struct found_bookmark *found, struct error *error)
{
	struct table_source *source = (struct table_source *)base;
	int code;

	while ((code = sqlite3_step(source->statement)) == SQLITE_ROW) {
		enum source_step step = take_row(source, found, error);

		if (step != SOURCE_BOOKMARK || !record_is_query(&source->record))
			return step;
	}
	return sqlite_source_end(source->database, code, base, error);
}

static void table_close(struct bookmark_source *base)
{
	struct table_source *source = (struct table_source *)base;

	sqlite3_finalize(source->statement);
	record_finish(&source->record);
	free(source);
}

static struct bookmark_source *table_open(const struct format_reader *reader, struct input *input,
	enum status *status, struct error *error)
{
	const struct table_format *format = reader->variant;
	struct sqlite_source *database = sqlite_source_of(input, status, error);
	struct table_source *source;
	sqlite3_stmt *statement = NULL;

	if (!database)
		return NULL;
	if (sqlite_source_has(database, format->table, format->columns))
		statement = sqlite_source_prepare(database, format->sql, error);
	else
		error_set(error, "it is no database of %s's: it has no such table of bookmarks",
			format->name);
	if (!statement) {
		*status = STATUS_INVALID;
		return NULL;
	}
	source = memory_new(sizeof(*source));
	*source = (struct table_source){
		.source.next = table_next,
		.format = format,
		.database = database,
		.statement = statement,
	};
	return &source->source;
}

/* What cannot be opened is claimed weakly, so that opening it says why. */
static int table_detect(const struct format_reader *reader, struct input *input)
{
	const struct table_format *format = reader->variant;
	struct sqlite_source *database;
	enum status status;

	if (!sqlite_source_is_one(input))
		return 0;
	database = sqlite_source_of(input, &status, NULL);
	if (!database)
		return 1;
	return sqlite_source_has(database, format->table, format->columns) ? DETECTED_CERTAINLY : 0;
}

const struct format_reader buku_reader = {table_detect, table_open, table_close, &buku};
const struct format_reader bark_reader = {table_detect, table_open, table_close, &bark};
const struct format_reader barky_reader = {table_detect, table_open, table_close, &barky};
