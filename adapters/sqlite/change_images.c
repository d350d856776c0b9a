#include "adapters/sqlite/change_images.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "adapters/sqlite/database.h"
#include "domain/base/buffer.h"
#include "domain/base/memory.h"
#include "domain/bookmarks/bookmark.h"

/*
 * How the journal keeps what a bookmark was: a text of fields, each a letter, the length of its
 * value, a colon and the value ("t5:helloa10:1700000000"). Of an edit only the fields that differ
 * are kept, on both sides: other is the other side, else NULL.
 */
static char *image_print(const struct bookmark *bookmark, const struct bookmark *other)
{
	struct buffer text = {0};

	if (!bookmark)
		return NULL;
	for (size_t i = 0; i < BOOKMARK_FIELDS; i++) {
		const struct bookmark_field *field = &bookmark_fields[i];
		char *value;

		if (other && bookmark_field_equal(field, bookmark, other))
			continue;
		value = bookmark_field_print(field, bookmark);
		buffer_print(&text, "%c%zu:%s", field->letter, strlen(value), value);
		free(value);
	}
	return buffer_take(&text);
}

static void image_set_field(struct bookmark *bookmark, char letter, const char *value)
{
	for (size_t i = 0; i < BOOKMARK_FIELDS; i++)
		if (bookmark_fields[i].letter == letter)
			bookmark_field_read(&bookmark_fields[i], bookmark, value);
}

void change_image_read(const char *text, struct bookmark *bookmark)
{
	const char *end = text + strlen(text);

	while (*text) {
		char letter = *text, *colon, *value;
		unsigned long long length = strtoull(text + 1, &colon, 10);

		if (*colon != ':' || length > (size_t)(end - colon - 1))
			return;
		value = memory_copy_bytes(colon + 1, length);
		image_set_field(bookmark, letter, value);
		free(value);
		text = colon + 1 + length;
	}
}

void stored_image_finish(struct stored_image *image)
{
	free(image->before);
	free(image->after);
	*image = (struct stored_image){0};
}

void stored_image_init(
	struct stored_image *image, int64_t number, const struct change_image *recorded)
{
	*image = (struct stored_image){
		.number = number,
		.bookmark = recorded->bookmark,
		.before = image_print(recorded->before, recorded->after),
		.after = image_print(recorded->after, recorded->before),
	};
}

/* What the stored text leaves out is as it was just before the later image. */
void stored_image_merge(struct stored_image *image, const struct change_image *later)
{
	struct change_image merged = {image->bookmark, NULL, later->after};
	int64_t number = image->number;
	struct bookmark before;

	bookmark_init(&before);
	if (image->before) {
		if (later->before)
			bookmark_copy(&before, later->before);
		change_image_read(image->before, &before);
		merged.before = &before;
	}
	stored_image_finish(image);
	stored_image_init(image, number, &merged);
	bookmark_finish(&before);
}

static void bind_text(sqlite3_stmt *statement, int place, const char *text)
{
	sqlite3_bind_text(statement, place, text, -1, SQLITE_STATIC); /* NULL binds NULL */
}

static enum status write_image(struct database *database, const char *sql, int64_t change,
	const struct stored_image *image)
{
	sqlite3_stmt *statement = database_statement_of(database, sql, change);

	sqlite3_bind_int64(statement, 2, image->number);
	sqlite3_bind_int64(statement, 3, image->bookmark);
	bind_text(statement, 4, image->before);
	bind_text(statement, 5, image->after);
	return database_run(database, statement);
}

enum status change_images_insert(
	struct database *database, int64_t change, const struct stored_image *image)
{
	static const char sql[] = "INSERT INTO change_images (change, number, bookmark, before,"
				  " after) VALUES (?, ?, ?, ?, ?)";

	return write_image(database, sql, change, image);
}

enum status change_images_update(
	struct database *database, int64_t change, const struct stored_image *image)
{
	static const char sql[] = "UPDATE change_images SET bookmark = ?3, before = ?4, after = ?5"
				  " WHERE change = ?1 AND number = ?2";

	return write_image(database, sql, change, image);
}

static char *copy_column(sqlite3_stmt *statement, int column)
{
	const unsigned char *text = sqlite3_column_text(statement, column);

	return text ? memory_copy_string((const char *)text) : NULL;
}

static enum status read_image(struct database *database, const char *sql, int64_t change,
	int64_t key, struct stored_image *image)
{
	sqlite3_stmt *statement = database_statement_of(database, sql, change);
	enum status status;

	sqlite3_bind_int64(statement, 2, key);
	*image = (struct stored_image){0};
	status = database_step(database, statement);
	if (status != STATUS_OK)
		return status;
	image->number = sqlite3_column_int64(statement, 0);
	image->bookmark = sqlite3_column_int64(statement, 1);
	image->before = copy_column(statement, 2);
	image->after = copy_column(statement, 3);
	sqlite3_reset(statement);
	return STATUS_OK;
}

enum status change_images_find(
	struct database *database, int64_t change, int64_t bookmark, struct stored_image *image)
{
	static const char sql[] = "SELECT number, bookmark, before, after FROM change_images"
				  " WHERE change = ? AND bookmark = ?";

	return read_image(database, sql, change, bookmark, image);
}

enum status change_images_at(
	struct database *database, int64_t change, int64_t number, struct stored_image *image)
{
	static const char sql[] = "SELECT number, bookmark, before, after FROM change_images"
				  " WHERE change = ? AND number = ?";

	return read_image(database, sql, change, number, image);
}

enum status change_images_forget(struct database *database, int64_t bookmark)
{
	static const char sql[] = "DELETE FROM change_images WHERE bookmark = ?";

	return database_run(database, database_statement_of(database, sql, bookmark));
}

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

static void read_history_row(
	sqlite3_stmt *row, struct bookmark_history *history, struct bookmark *after)
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
		read_history_row(statement, history, &after);
	bookmark_finish(&after);
	return status == STATUS_NOT_FOUND ? STATUS_OK : database_failure(database, 0, error);
}
