#include "adapters/sqlite/sqlite_ports.h"

#include <sqlite3.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "adapters/sqlite/change_images.h"
#include "adapters/sqlite/database.h"
#include "adapters/sqlite/event_log.h"
#include "domain/base/memory.h"
#include "domain/base/status.h"
#include "domain/bookmarks/journal.h"

/*
 * Which change made which bookmarks, as runs of rising ids. A bookmark is made by one change only,
 * so no two runs overlap. Every bookmark has a number in its change: the run's and one more for
 * each step from first.
 */
struct insert_range {
	int64_t first;
	int64_t last;
	int64_t change;
	int64_t number;
};

/* The run that is being gathered is in memory; {.database = …} is the beginning. */
struct insert_ranges {
	struct database *database;
	struct insert_range gathered; /* first is 0 if there is none */
};

static const char insert_sql[] =
	"INSERT INTO made_bookmarks (first, last, change, number) VALUES (?, ?, ?, ?)";
static const char find_sql[] = "SELECT first, last, change, number FROM made_bookmarks"
			       " WHERE first <= ? ORDER BY first DESC LIMIT 1";
static const char delete_sql[] = "DELETE FROM made_bookmarks WHERE first = ?";
static const char shorten_sql[] = "UPDATE made_bookmarks SET last = ?2 WHERE first = ?1";

static enum status range_insert(struct insert_ranges *runs, const struct insert_range *run)
{
	sqlite3_stmt *statement = database_statement_of(runs->database, insert_sql, run->first);

	sqlite3_bind_int64(statement, 2, run->last);
	sqlite3_bind_int64(statement, 3, run->change);
	sqlite3_bind_int64(statement, 4, run->number);
	return database_run(runs->database, statement);
}

static enum status insert_ranges_flush(struct insert_ranges *runs)
{
	struct insert_range run = runs->gathered;

	runs->gathered = (struct insert_range){0};
	return run.first ? range_insert(runs, &run) : STATUS_OK;
}

static enum status insert_ranges_add(
	struct insert_ranges *runs, int64_t change, int64_t number, int64_t bookmark)
{
	struct insert_range *run = &runs->gathered;
	enum status status;

	if (run->first && run->change == change && run->last + 1 == bookmark &&
		run->number + (bookmark - run->first) == number) {
		run->last = bookmark;
		return STATUS_OK;
	}
	status = insert_ranges_flush(runs);
	*run = (struct insert_range){bookmark, bookmark, change, number};
	return status;
}

/* Numbers that can be counted with, whoever wrote them. */
static bool is_range(const struct insert_range *range)
{
	return range->first > 0 && range->last >= range->first && range->number >= 0 &&
	       range->number <= INT64_MAX - (range->last - range->first);
}

/* The range that a bookmark is in, after a flush; STATUS_NOT_FOUND. */
static enum status insert_ranges_find(
	struct insert_ranges *runs, int64_t bookmark, struct insert_range *run)
{
	sqlite3_stmt *statement;
	enum status status = insert_ranges_flush(runs);

	if (status != STATUS_OK)
		return status;
	statement = database_statement(runs->database, find_sql);
	sqlite3_bind_int64(statement, 1, bookmark);
	status = database_step(runs->database, statement);
	if (status != STATUS_OK)
		return status;
	*run = (struct insert_range){
		.first = sqlite3_column_int64(statement, 0),
		.last = sqlite3_column_int64(statement, 1),
		.change = sqlite3_column_int64(statement, 2),
		.number = sqlite3_column_int64(statement, 3),
	};
	sqlite3_reset(statement);
	return is_range(run) && run->last >= bookmark ? STATUS_OK : STATUS_NOT_FOUND;
}

static enum status range_delete(struct insert_ranges *runs, int64_t first)
{
	return database_run(
		runs->database, database_statement_of(runs->database, delete_sql, first));
}

static enum status range_shorten(struct insert_ranges *runs, int64_t first, int64_t last)
{
	sqlite3_stmt *statement = database_statement_of(runs->database, shorten_sql, first);

	sqlite3_bind_int64(statement, 2, last);
	return database_run(runs->database, statement);
}

/* Takes one bookmark out of the run that it is in; the others keep their numbers. */
static enum status insert_ranges_take_out(
	struct insert_ranges *runs, const struct insert_range *run, int64_t bookmark)
{
	struct insert_range rest = *run;
	enum status status;

	if (bookmark > run->first)
		status = range_shorten(runs, run->first, bookmark - 1);
	else
		status = range_delete(runs, run->first);
	if (status != STATUS_OK || bookmark == run->last)
		return status;
	rest.first = bookmark + 1;
	rest.number = run->number + (rest.first - run->first);
	return range_insert(runs, &rest);
}

/*
 * A walk through the images of one change. Of an edited bookmark only what differed is stored; the
 * rest of both sides is filled in from what the bookmark is now.
 */
struct change_walk {
	struct database *database;
	struct repository *bookmarks;
	change_image_fn visit; /* it may record */
	void *self;
};

/* Where the images of a change are: one that is stored, or a run of which nothing else is. */
struct change_part {
	int64_t number;
	int64_t first;
	int64_t last;
	bool made;
};

struct change_parts {
	struct change_part *items;
	size_t count;
	size_t capacity;
};

/* Read before any is visited, as a visitor may record. */
static enum status walk_list_parts(
	struct change_walk *walk, int64_t change, struct change_parts *change_parts)
{
	static const char sql[] =
		"SELECT number, first, last, 1 FROM made_bookmarks WHERE change = ?1 UNION ALL"
		" SELECT number, bookmark, bookmark, 0 FROM change_images WHERE change = ?1"
		" ORDER BY 1";
	sqlite3_stmt *statement = database_statement_of(walk->database, sql, change);
	enum status status;

	while ((status = database_step(walk->database, statement)) == STATUS_OK) {
		change_parts->items = memory_grow(change_parts->items, change_parts->count,
			&change_parts->capacity, sizeof(*change_parts->items));
		change_parts->items[change_parts->count++] = (struct change_part){
			.number = sqlite3_column_int64(statement, 0),
			.first = sqlite3_column_int64(statement, 1),
			.last = sqlite3_column_int64(statement, 2),
			.made = sqlite3_column_int(statement, 3) != 0,
		};
	}
	return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

/* The outermost bookmark that is left of a run; *id is not touched if there is none. */
static enum status walk_find_outermost(
	struct change_walk *walk, const struct change_part *part, bool latest_first, int64_t *id)
{
	static const char lowest_sql[] =
		"SELECT id FROM bookmarks WHERE id BETWEEN ?1 AND ?2 ORDER BY id LIMIT 1";
	static const char highest_sql[] =
		"SELECT id FROM bookmarks WHERE id BETWEEN ?1 AND ?2 ORDER BY id DESC LIMIT 1";
	sqlite3_stmt *statement = database_statement_of(
		walk->database, latest_first ? highest_sql : lowest_sql, part->first);

	sqlite3_bind_int64(statement, 2, part->last);
	return database_number(walk->database, statement, id);
}

/* Those that are there, and not each number of it: a run of somebody else's may have any length. */
static enum status walk_visit_range(
	struct change_walk *walk, const struct change_part *part, bool latest_first)
{
	struct change_part left = *part;
	struct change_image image = {0};
	enum status status = walk_find_outermost(walk, &left, latest_first, &image.bookmark);

	while (status == STATUS_OK) {
		status = walk->visit(walk->self, &image);
		if (status != STATUS_OK ||
			image.bookmark == (latest_first ? left.first : left.last))
			return status;
		if (latest_first)
			left.last = image.bookmark - 1;
		else
			left.first = image.bookmark + 1;
		status = walk_find_outermost(walk, &left, latest_first, &image.bookmark);
	}
	return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

/* A side of an image: what its text says over what the bookmark is now. */
static void image_fill_side(struct bookmark *side, const struct bookmark *now, const char *text)
{
	bookmark_init(side);
	bookmark_copy(side, now);
	if (text)
		change_image_read(text, side);
}

static enum status walk_visit_stored(struct change_walk *walk, const struct stored_image *stored)
{
	struct change_image image = {.bookmark = stored->bookmark};
	struct bookmark now, before, after;
	enum status status;

	bookmark_init(&now);
	status = walk->bookmarks->get(walk->bookmarks, stored->bookmark, &now);
	now.id = stored->bookmark;
	image_fill_side(&before, &now, stored->before);
	image_fill_side(&after, &now, stored->after);
	if (stored->before)
		image.before = &before;
	if (stored->after)
		image.after = &after;
	if (status == STATUS_OK || status == STATUS_NOT_FOUND)
		status = walk->visit(walk->self, &image);
	bookmark_finish(&now);
	bookmark_finish(&before);
	bookmark_finish(&after);
	return status;
}

static enum status walk_visit_part(
	struct change_walk *walk, int64_t change, const struct change_part *change_part)
{
	struct stored_image stored;
	enum status status = change_images_at(walk->database, change, change_part->number, &stored);

	if (status == STATUS_OK)
		status = walk_visit_stored(walk, &stored);
	stored_image_finish(&stored);
	return status;
}

static enum status change_walk_run(struct change_walk *walk, int64_t change, bool latest_first)
{
	struct change_parts change_parts = {0};
	enum status status = walk_list_parts(walk, change, &change_parts);

	for (size_t i = 0; i < change_parts.count && status == STATUS_OK; i++) {
		const struct change_part *change_part =
			&change_parts.items[latest_first ? change_parts.count - 1 - i : i];

		status = change_part->made ? walk_visit_range(walk, change_part, latest_first)
					   : walk_visit_part(walk, change, change_part);
	}
	free(change_parts.items);
	return status;
}

/* Takes out of the range that made it; *change is the one that has it. */
static enum status forget_made(struct insert_ranges *runs, int64_t bookmark, int64_t *change)
{
	struct insert_range made;
	enum status status = insert_ranges_find(runs, bookmark, &made);

	if (status != STATUS_OK)
		return status == STATUS_NOT_FOUND ? STATUS_OK : status;
	*change = made.change;
	return insert_ranges_take_out(runs, &made, bookmark);
}

static enum status change_drop_if_spent(struct database *database, int64_t change)
{
	static const char sql[] =
		"DELETE FROM changes WHERE id = ?1"
		" AND NOT EXISTS (SELECT 1 FROM change_images WHERE change = ?1)"
		" AND NOT EXISTS (SELECT 1 FROM made_bookmarks WHERE change = ?1)";

	return database_run(database, database_statement_of(database, sql, change));
}

/* Takes a bookmark out of every change, and those changes away that have none left. */
static enum status change_forget(
	struct database *database, struct insert_ranges *runs, int64_t bookmark)
{
	static const char sql[] = "SELECT change FROM change_images WHERE bookmark = ?";
	int64_t *changes, maker = 0;
	size_t count;
	enum status status = database_collect(
		database, database_statement_of(database, sql, bookmark), &changes, &count);

	if (status == STATUS_OK)
		status = change_images_forget(database, bookmark);
	if (status == STATUS_OK)
		status = forget_made(runs, bookmark, &maker);
	for (size_t i = 0; i < count && status == STATUS_OK; i++)
		status = change_drop_if_spent(database, changes[i]);
	if (status == STATUS_OK && maker)
		status = change_drop_if_spent(database, maker);
	free(changes);
	return status;
}

#define UNKNOWN (-1)

struct sqlite_journal {
	struct journal port;
	struct database *database;
	struct repository *bookmarks;
	struct insert_ranges runs;
	int64_t change; /* the one whose next number is known */
	int64_t next_number;
	int64_t highest; /* bookmark that the journal names, or UNKNOWN */
};

static struct sqlite_journal *sqlite_journal_of(struct journal *journal)
{
	return (struct sqlite_journal *)journal;
}

static enum status ask_with(
	struct sqlite_journal *self, const char *sql, int64_t parameter, int64_t *value)
{
	return database_number(
		self->database, database_statement_of(self->database, sql, parameter), value);
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
	struct sqlite_journal *self = sqlite_journal_of(journal);
	int64_t id;
	enum status status = insert_ranges_flush(&self->runs);

	if (status == STATUS_OK)
		status = database_number(
			self->database, database_statement(self->database, any_sql), &id);
	for (size_t i = 0; i < 3 && status == STATUS_OK; i++)
		status = database_run(
			self->database, database_statement(self->database, drop_sql[i]));
	return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

static enum status open_change(struct journal *journal, enum command_type command,
	const char *subject, int64_t at, int64_t *change)
{
	static const char sql[] =
		"INSERT INTO changes (at, command, subject, taken_back) VALUES (?, ?, ?, 0)";
	struct sqlite_journal *self = sqlite_journal_of(journal);
	enum status status = drop_taken_back(journal);
	sqlite3_stmt *statement;

	if (status != STATUS_OK)
		return status;
	statement = database_statement(self->database, sql);
	sqlite3_bind_int64(statement, 1, at);
	database_bind_text(statement, 2, command_name(command));
	database_bind_text(statement, 3, subject);
	status = database_run(self->database, statement);
	*change = sqlite3_last_insert_rowid(database_handle(self->database));
	self->change = *change;
	self->next_number = 0;
	return status;
}

static enum status join_change(struct journal *journal, int64_t change)
{
	static const char sql[] = "SELECT 1 FROM changes WHERE id = ? AND taken_back = 0";
	int64_t one;

	return ask_with(sqlite_journal_of(journal), sql, change, &one);
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
	status = insert_ranges_flush(&self->runs);
	if (status == STATUS_OK)
		status = ask_with(self, sql, change, &self->next_number);
	/* No change has so many parts; in somebody else's library, counting on would overflow. */
	if (status == STATUS_OK && self->next_number > INT64_MAX / 2)
		return STATUS_DAMAGED;
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
	return database_number(
		self->database, database_statement(self->database, sql), &self->highest);
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
		return insert_ranges_add(&self->runs, change, number, image->bookmark);
	return insert_image(self, change, number, image);
}

/* Of what was made in this change nothing is kept before it is unmade: the library has it. */
static enum status record_made(struct sqlite_journal *self, const struct insert_range *made,
	const struct change_image *image)
{
	enum status status;

	if (image->before || !image->after)
		return STATUS_OK;
	status = insert_ranges_take_out(&self->runs, made, image->bookmark);
	if (status != STATUS_OK)
		return status;
	return insert_image(
		self, made->change, made->number + (image->bookmark - made->first), image);
}

static enum status record_again(
	struct sqlite_journal *self, int64_t change, const struct change_image *image)
{
	struct stored_image stored;
	struct insert_range made;
	enum status status = change_images_find(self->database, change, image->bookmark, &stored);

	if (status == STATUS_OK) {
		stored_image_merge(&stored, image);
		status = change_images_update(self->database, change, &stored);
		stored_image_finish(&stored);
		return status;
	}
	if (status == STATUS_NOT_FOUND)
		status = insert_ranges_find(&self->runs, image->bookmark, &made);
	if (status == STATUS_OK && made.change == change)
		return record_made(self, &made, image);
	if (status != STATUS_OK && status != STATUS_NOT_FOUND)
		return status;
	return record_first(self, change, image);
}

static enum status record(struct journal *journal, int64_t change, const struct change_image *image)
{
	struct sqlite_journal *self = sqlite_journal_of(journal);
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

static enum status journal_read_change(
	struct journal *journal, const char *sql, struct change *change)
{
	struct sqlite_journal *self = sqlite_journal_of(journal);
	enum status status = insert_ranges_flush(&self->runs);
	sqlite3_stmt *statement;

	if (status != STATUS_OK)
		return status;
	statement = database_statement(self->database, sql);
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

	return journal_read_change(journal, sql, change);
}

static enum status first_taken_back(struct journal *journal, struct change *change)
{
	static const char sql[] = "SELECT id, at, command, subject, taken_back FROM changes"
				  " WHERE taken_back <> 0 ORDER BY id LIMIT 1";

	return journal_read_change(journal, sql, change);
}

static enum status set_state(struct journal *journal, int64_t change, enum change_state state)
{
	static const char sql[] = "UPDATE changes SET taken_back = ?2 WHERE id = ?1";
	struct sqlite_journal *self = sqlite_journal_of(journal);
	sqlite3_stmt *statement = database_statement(self->database, sql);
	enum status status;

	sqlite3_bind_int64(statement, 1, change);
	sqlite3_bind_int(statement, 2, state == CHANGE_TAKEN_BACK);
	status = database_run(self->database, statement);
	if (status == STATUS_OK && sqlite3_changes(database_handle(self->database)) == 0)
		return STATUS_NOT_FOUND;
	return status;
}

static enum status each_image(struct journal *journal, int64_t change, bool latest_first,
	change_image_fn visit, void *visitor)
{
	struct sqlite_journal *self = sqlite_journal_of(journal);
	struct change_walk walk = {self->database, self->bookmarks, visit, visitor};
	enum status status = insert_ranges_flush(&self->runs);

	return status == STATUS_OK ? change_walk_run(&walk, change, latest_first) : status;
}

static enum status forget_bookmark(struct journal *journal, int64_t bookmark)
{
	struct sqlite_journal *self = sqlite_journal_of(journal);

	return change_forget(self->database, &self->runs, bookmark);
}

static enum status append(struct journal *journal, struct event *event)
{
	return event_log_append(sqlite_journal_of(journal)->database, event);
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
		.forget = forget_bookmark,
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
	struct sqlite_journal *self = sqlite_journal_of(journal);

	self->runs = (struct insert_ranges){.database = self->database};
	self->change = 0;
	self->highest = UNKNOWN;
}

enum status sqlite_journal_flush(struct journal *journal)
{
	return insert_ranges_flush(&sqlite_journal_of(journal)->runs);
}
