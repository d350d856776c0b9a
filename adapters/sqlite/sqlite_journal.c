#include "adapters/sqlite/sqlite_journal.h"

#include <stdlib.h>
#include <string.h>
#include <sqlite3.h>

#include "adapters/sqlite/change_forget.h"
#include "adapters/sqlite/change_images.h"
#include "adapters/sqlite/change_walk.h"
#include "adapters/sqlite/database.h"
#include "adapters/sqlite/event_log.h"
#include "adapters/sqlite/made_runs.h"
#include "domain/base/memory.h"

#define UNKNOWN (-1)

struct sqlite_journal {
	struct journal port;
	struct database *database;
	struct repository *bookmarks;
	struct made_runs runs;
	int64_t change; /* the one whose next number is known */
	int64_t next_number;
	int64_t highest; /* bookmark that the journal names, or UNKNOWN */
};

static struct sqlite_journal *self_of(struct journal *journal)
{
	return (struct sqlite_journal *)journal;
}

static sqlite3_stmt *prepare(struct sqlite_journal *self, const char *sql)
{
	return database_statement(self->database, sql);
}

static enum status run(struct sqlite_journal *self, sqlite3_stmt *statement)
{
	return database_run(self->database, statement);
}

static enum status ask(struct sqlite_journal *self, sqlite3_stmt *statement, int64_t *value)
{
	enum status status = database_step(self->database, statement);

	if (status != STATUS_OK)
		return status;
	*value = sqlite3_column_int64(statement, 0);
	sqlite3_reset(statement);
	return STATUS_OK;
}

static enum status ask_with(
	struct sqlite_journal *self, const char *sql, int64_t parameter, int64_t *value)
{
	sqlite3_stmt *statement = prepare(self, sql);

	sqlite3_bind_int64(statement, 1, parameter);
	return ask(self, statement, value);
}

static void bind_text(sqlite3_stmt *statement, int place, const char *text)
{
	sqlite3_bind_text(statement, place, text, -1, SQLITE_STATIC);
}

static enum status drop_taken_back(struct journal *journal)
{
	static const char any_sql[] = "SELECT id FROM changes WHERE taken_back <> 0 LIMIT 1";
	static const char *const drop_sql[] = {
		"DELETE FROM change_images WHERE change IN"
		" (SELECT id FROM changes WHERE taken_back <> 0)",
		"DELETE FROM made_bookmarks WHERE change IN"
		" (SELECT id FROM changes WHERE taken_back <> 0)",
		"DELETE FROM changes WHERE taken_back <> 0",
	};
	struct sqlite_journal *self = self_of(journal);
	int64_t id;
	enum status status = made_runs_flush(&self->runs);

	if (status == STATUS_OK)
		status = ask(self, prepare(self, any_sql), &id);
	for (size_t i = 0; i < 3 && status == STATUS_OK; i++)
		status = run(self, prepare(self, drop_sql[i]));
	return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

static enum status open_change(struct journal *journal, enum command_type command,
	const char *subject, int64_t at, int64_t *change)
{
	static const char sql[] =
		"INSERT INTO changes (at, command, subject, taken_back) VALUES (?, ?, ?, 0)";
	struct sqlite_journal *self = self_of(journal);
	enum status status = drop_taken_back(journal);
	sqlite3_stmt *statement;

	if (status != STATUS_OK)
		return status;
	statement = prepare(self, sql);
	sqlite3_bind_int64(statement, 1, at);
	bind_text(statement, 2, command_name(command));
	bind_text(statement, 3, subject);
	status = run(self, statement);
	*change = sqlite3_last_insert_rowid(database_handle(self->database));
	self->change = *change;
	self->next_number = 0;
	return status;
}

static enum status join_change(struct journal *journal, int64_t change)
{
	static const char sql[] = "SELECT 1 FROM changes WHERE id = ? AND taken_back = 0";
	int64_t one;

	return ask_with(self_of(journal), sql, change, &one);
}

static enum status learn_next_number(struct sqlite_journal *self, int64_t change)
{
	static const char sql[] =
		"SELECT 1 + max(coalesce((SELECT max(number) FROM change_images WHERE change = ?1),"
		" -1), coalesce((SELECT number + last - first FROM made_bookmarks WHERE change = ?1"
		" ORDER BY number DESC LIMIT 1), -1))";
	enum status status;

	if (self->change == change)
		return STATUS_OK;
	status = made_runs_flush(&self->runs);
	if (status == STATUS_OK)
		status = ask_with(self, sql, change, &self->next_number);
	self->change = change;
	return status;
}

static enum status learn_highest(struct sqlite_journal *self)
{
	static const char sql[] =
		"SELECT max(coalesce((SELECT max(bookmark) FROM change_images), 0),"
		" coalesce((SELECT last FROM made_bookmarks ORDER BY first DESC LIMIT 1), 0))";

	if (self->highest != UNKNOWN)
		return STATUS_OK;
	return ask(self, prepare(self, sql), &self->highest);
}

static enum status insert_image(struct sqlite_journal *self, int64_t change, int64_t number,
	const struct change_image *image)
{
	struct stored_image stored;
	enum status status;

	stored_image_init(&stored, number, image);
	status = change_images_insert(self->database, change, &stored);
	stored_image_finish(&stored);
	return status;
}

static enum status record_first(
	struct sqlite_journal *self, int64_t change, const struct change_image *image)
{
	int64_t number = self->next_number++;

	if (!image->before && !image->after)
		return made_runs_add(&self->runs, change, number, image->bookmark);
	return insert_image(self, change, number, image);
}

/* Of what was made in this change nothing is kept before it is unmade: the library has it. */
static enum status record_made(
	struct sqlite_journal *self, const struct made_run *made, const struct change_image *image)
{
	enum status status;

	if (image->before || !image->after)
		return STATUS_OK;
	status = made_runs_take_out(&self->runs, made, image->bookmark);
	if (status != STATUS_OK)
		return status;
	return insert_image(
		self, made->change, made->number + (image->bookmark - made->first), image);
}

static enum status record_again(
	struct sqlite_journal *self, int64_t change, const struct change_image *image)
{
	struct stored_image stored;
	struct made_run made;
	enum status status = change_images_find(self->database, change, image->bookmark, &stored);

	if (status == STATUS_OK) {
		stored_image_merge(&stored, image);
		status = change_images_update(self->database, change, &stored);
		stored_image_finish(&stored);
		return status;
	}
	if (status == STATUS_NOT_FOUND)
		status = made_runs_find(&self->runs, image->bookmark, &made);
	if (status == STATUS_OK && made.change == change)
		return record_made(self, &made, image);
	if (status != STATUS_OK && status != STATUS_NOT_FOUND)
		return status;
	return record_first(self, change, image);
}

static enum status record(struct journal *journal, int64_t change, const struct change_image *image)
{
	struct sqlite_journal *self = self_of(journal);
	enum status status = learn_next_number(self, change);

	if (status == STATUS_OK)
		status = learn_highest(self);
	if (status != STATUS_OK)
		return status;
	if (image->bookmark <= self->highest)
		return record_again(self, change, image);
	self->highest = image->bookmark;
	return record_first(self, change, image);
}

/* Cut between characters. */
static void copy_subject(char *to, size_t size, const char *from)
{
	size_t length = strlen(from);

	if (length >= size) {
		length = size - 1;
		while (length > 0 && ((unsigned char)from[length] & 0xc0) == 0x80)
			length--;
	}
	memcpy(to, from, length);
	to[length] = '\0';
}

static enum status count_images(struct sqlite_journal *self, struct change *change)
{
	static const char sql[] = "SELECT (SELECT count(*) FROM change_images WHERE change = ?1) +"
				  " (SELECT coalesce(sum(last - first + 1), 0) FROM made_bookmarks "
				  "WHERE change = ?1)";
	int64_t count = 0;
	enum status status = ask_with(self, sql, change->id, &count);

	change->bookmarks = (size_t)count;
	return status;
}

static enum status read_change(struct journal *journal, const char *sql, struct change *change)
{
	struct sqlite_journal *self = self_of(journal);
	enum status status = made_runs_flush(&self->runs);
	sqlite3_stmt *statement;

	if (status != STATUS_OK)
		return status;
	statement = prepare(self, sql);
	status = database_step(self->database, statement);
	if (status != STATUS_OK)
		return status;
	*change = (struct change){
		.id = sqlite3_column_int64(statement, 0),
		.at = sqlite3_column_int64(statement, 1),
		.state = sqlite3_column_int(statement, 4) ? CHANGE_TAKEN_BACK : CHANGE_DONE,
	};
	command_type_of(database_text(statement, 2), &change->command);
	copy_subject(change->subject, sizeof(change->subject), database_text(statement, 3));
	sqlite3_reset(statement);
	return count_images(self, change);
}

static enum status last_done(struct journal *journal, struct change *change)
{
	static const char sql[] = "SELECT id, at, command, subject, taken_back FROM changes"
				  " WHERE taken_back = 0 ORDER BY id DESC LIMIT 1";

	return read_change(journal, sql, change);
}

static enum status first_taken_back(struct journal *journal, struct change *change)
{
	static const char sql[] = "SELECT id, at, command, subject, taken_back FROM changes"
				  " WHERE taken_back <> 0 ORDER BY id LIMIT 1";

	return read_change(journal, sql, change);
}

static enum status set_state(struct journal *journal, int64_t change, enum change_state state)
{
	static const char sql[] = "UPDATE changes SET taken_back = ?2 WHERE id = ?1";
	struct sqlite_journal *self = self_of(journal);
	sqlite3_stmt *statement = prepare(self, sql);
	enum status status;

	sqlite3_bind_int64(statement, 1, change);
	sqlite3_bind_int(statement, 2, state == CHANGE_TAKEN_BACK);
	status = run(self, statement);
	if (status == STATUS_OK && sqlite3_changes(database_handle(self->database)) == 0)
		return STATUS_NOT_FOUND;
	return status;
}

static enum status each_image(struct journal *journal, int64_t change, bool latest_first,
	change_image_fn visit, void *visitor)
{
	struct sqlite_journal *self = self_of(journal);
	struct change_walk walk = {self->database, self->bookmarks, visit, visitor};
	enum status status = made_runs_flush(&self->runs);

	return status == STATUS_OK ? change_walk_run(&walk, change, latest_first) : status;
}

static enum status forget(struct journal *journal, int64_t bookmark)
{
	struct sqlite_journal *self = self_of(journal);

	return change_forget(self->database, &self->runs, bookmark);
}

static enum status append(struct journal *journal, struct event *event)
{
	return event_log_append(self_of(journal)->database, event);
}

struct journal *sqlite_journal_new(struct database *database, struct repository *bookmarks)
{
	struct sqlite_journal *self = memory_new(sizeof(*self));

	self->database = database;
	self->bookmarks = bookmarks;
	self->port = (struct journal){
		.open_change = open_change,
		.join_change = join_change,
		.record = record,
		.last_done = last_done,
		.first_taken_back = first_taken_back,
		.set_state = set_state,
		.each_image = each_image,
		.forget = forget,
		.drop_taken_back = drop_taken_back,
		.append = append,
	};
	sqlite_journal_begin(&self->port);
	return &self->port;
}

void sqlite_journal_free(struct journal *journal)
{
	free(journal);
}

void sqlite_journal_begin(struct journal *journal)
{
	struct sqlite_journal *self = self_of(journal);

	self->runs = (struct made_runs){.database = self->database};
	self->change = 0;
	self->highest = UNKNOWN;
}

enum status sqlite_journal_flush(struct journal *journal)
{
	return made_runs_flush(&self_of(journal)->runs);
}
