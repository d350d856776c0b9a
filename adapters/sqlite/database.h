#ifndef ADAPTERS_SQLITE_DATABASE_H
#define ADAPTERS_SQLITE_DATABASE_H

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "domain/base/error.h"
#include "domain/base/status.h"

struct schema;
struct sqlite3;
struct sqlite3_stmt;

/*
 * The library's file, opened in the one way there is: every setting of SQLite that guards it
 * against hostile content and power cuts is made here. WAL and synchronous=FULL: what was
 * committed survives both a crash and a power cut.
 *
 * One connection, one thread, and a process opens a library once.
 */
struct database;

/* { .path = … } is enough; what is zero has a default. */
struct database_options {
	const char *path;      /* NULL: a library in memory, gone when it is closed */
	bool missing_is_empty; /* no file there: an empty one in memory; else the file is made */
	long wait_ms;          /* at most, for another program's lock; 10 s */
	long note_ms;          /* after this long, waiting is called; 1 s */
	const volatile sig_atomic_t *stop;             /* ends a wait when it is set */
	void (*waiting)(void *self, const char *line); /* once a wait: a line for people */
	void *self;
	const struct schema *schema; /* schema_current; tests have their own */
};

/*
 * Opens a library and brings it to the present schema, with a copy made before. Opening one that
 * is up to date writes nothing. What is not ours, or is newer, or damaged, is not touched:
 * STATUS_FOREIGN, STATUS_TOO_NEW, STATUS_DAMAGED, and reason says which file and what to do. A
 * library that cannot be written is opened for reading.
 */
enum status database_open(
	struct database **database, const struct database_options *options, struct error *error);
void database_close(struct database *database); /* NULL is nothing */

/* The schema that opening it has brought it to; 0 if it had that already. */
int database_migrated(const struct database *database);

/*
 * Whether what is open here is still the library at its path. A file that was moved, removed or
 * put over it is told by its device and inode, a copy that "barky restore" put in its place by its
 * history. Nothing is written to one that is not: database_begin() to write refuses with
 * STATUS_IO. A program that stays reopens it, and shows it anew.
 */
enum library_place { LIBRARY_IN_PLACE, LIBRARY_REPLACED, LIBRARY_REMOVED };
enum library_place database_place(struct database *database);

/* Opens what is there now; whatever refers to the database goes on with it. If that fails the
 * old file stays open, for reading. */
enum status database_reopen(struct database *database, struct error *error);

/* A transaction; one that writes takes the lock at once and waits for it. Reads see one state. */
enum status database_begin(struct database *database, bool to_write, struct error *error);
enum status database_commit(struct database *database, struct error *error);
void database_rollback(struct database *database); /* nothing is open: nothing happens */
bool database_in_transaction(const struct database *database);

/*
 * The statement of a text that lives as long as the database (the pointer is the key), prepared
 * once, reset and without bindings. NULL if it cannot be prepared: database_failure(…, 0, …).
 */
struct sqlite3_stmt *database_statement(struct database *database, const char *sql);

/* The same, with its first value, which is a number. */
struct sqlite3_stmt *database_statement_of(
	struct database *database, const char *sql, int64_t number);

/*
 * A text of the row that a statement is at, lent until it moves on; "" for none, which even a
 * column that may not be empty has in a library that somebody meddled with.
 */
const char *database_text(struct sqlite3_stmt *statement, int column);

/* Binds a text that is lent until the statement was run; NULL is "". */
void database_bind_text(struct sqlite3_stmt *statement, int place, const char *text);

/* Runs a statement that yields no rows, and resets it. */
enum status database_run(struct database *database, struct sqlite3_stmt *statement);

/*
 * Runs a statement to its next row: STATUS_OK, or STATUS_NOT_FOUND when there are no more. It is
 * reset unless a row is there.
 */
enum status database_step(struct database *database, struct sqlite3_stmt *statement);

/* The one number that a statement yields; NOT_FOUND, and *number as it was, if none. Resets it. */
enum status database_number(
	struct database *database, struct sqlite3_stmt *statement, int64_t *number);

/* Whether a statement yields a row at all: STATUS_OK or STATUS_NOT_FOUND. Resets it. */
enum status database_has_row(struct database *database, struct sqlite3_stmt *statement);

/* Every number that a statement yields, the caller's to free; of a failure none. Resets it. */
enum status database_collect(struct database *database, struct sqlite3_stmt *statement,
	int64_t **numbers, size_t *count);

/*
 * A statement that changes rows as a transaction of its own; NOT_FOUND, without a word, if it
 * changed none.
 */
enum status database_change(
	struct database *database, struct sqlite3_stmt *statement, struct error *error);

/* The length of a history's name, with its NUL. */
#define LIBRARY_HISTORY_SIZE 33

/*
 * Which history of the library this is: 32 hexadecimal digits, others in every copy that is put
 * in its place. What remembers the number of an event remembers this beside it.
 */
enum status library_history(
	struct database *database, char history[LIBRARY_HISTORY_SIZE], struct error *error);

/* What a result code of this connection means (0: its latest), with a line that says so. */
enum status database_failure(struct database *database, int code, struct error *error);

struct sqlite3 *database_handle(const struct database *database);
const char *database_path(const struct database *database); /* NULL: in memory */

#endif
