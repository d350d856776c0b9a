#ifndef ADAPTERS_SQLITE_CONNECTION_H
#define ADAPTERS_SQLITE_CONNECTION_H

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>

/*
 * Patience with another program that holds the library: short sleeps that grow, by the monotonic
 * clock, up to a limit; after a while somebody is told, once. Set the first five, zero the rest.
 */
struct lock_wait {
	long limit_ms;
	long note_ms;
	void (*note)(void *self); /* called once a wait, after note_ms; may be NULL */
	void *self;
	const volatile sig_atomic_t *stop; /* the wait ends when this is set; may be NULL */
	int64_t started;
	bool noted;
	unsigned sleeps;
};

/* Before each thing that may have to wait. */
void lock_wait_begin(struct lock_wait *wait);

/* Sleeps a little; false if it has lasted too long or is to stop. */
bool lock_wait_once(struct lock_wait *wait);

struct sqlite3;

/*
 * A connection to an SQLite file with every setting that guards against hostile content: no
 * triggers, views, extensions or double-quoted strings; the schema is not trusted; limits; no
 * memory mapping. flags are SQLite's SQLITE_OPEN_READWRITE or SQLITE_OPEN_READONLY, with
 * SQLITE_OPEN_URI if path is one. Returns an SQLite code; *handle is NULL unless it is SQLITE_OK.
 * *error_number is the errno behind a failure, 0 if none is.
 *
 * The wait is borrowed for as long as the connection lives.
 */
int connection_open(struct sqlite3 **handle, const char *path, int flags, struct lock_wait *wait,
	int *error_number);

/* From now on the connection waits for other programs by this. Borrowed likewise. */
void connection_wait_by(struct sqlite3 *handle, struct lock_wait *wait);

/* sqlite3_exec(), again and again while another program holds the lock and the wait lasts. */
int connection_run(struct sqlite3 *handle, const char *sql, struct lock_wait *wait);

/* The one number that a statement yields. */
int connection_ask(
	struct sqlite3 *handle, const char *sql, struct lock_wait *wait, long long *number);

#endif
