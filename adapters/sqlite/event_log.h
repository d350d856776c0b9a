#ifndef ADAPTERS_SQLITE_EVENT_LOG_H
#define ADAPTERS_SQLITE_EVENT_LOG_H

#include <stdbool.h>
#include <stdint.h>

#include "domain/base/error.h"
#include "domain/base/status.h"
#include "domain/bookmarks/catalogue.h"

struct database;

/* The table of events: written by the journal, read by the catalogue. */

/* Gives event->id. */
enum status event_log_append(struct database *database, struct event *event);

/* Those after a number, in order, until visit returns false. One of a kind that this barky does
 * not know is passed over. */
enum status event_log_each(
	struct database *database, int64_t after, event_visit_fn visit, void *self);

/*
 * Drops the events from before a time, up to the first that a consumer of this history has not
 * acknowledged; never the last one. What undo needs stands elsewhere. One transaction.
 */
enum status event_log_forget(
	struct database *database, int64_t before, int64_t *dropped, struct error *error);

struct database;

/*
 * Who follows the log of events, and how far each has come: kept in the library, so that no event
 * is lost and the next barky goes on. A position belongs to one history of the library: after a
 * restore it means nothing any more, and the consumer has to begin anew. Two programs that work for
 * one consumer have to agree by themselves: hooks do by a lock (adapters/system/hooks.c).
 *
 * Each function is a transaction of its own.
 */
struct consumer {
	char name[128];
	int64_t position;   /* the last event it has acknowledged */
	bool other_history; /* the position is one of a library that was put back from a copy */
	int64_t attempts;   /* that failed, at the event after the position */
	int64_t retry_at;   /* not before then, seconds since 1970; 0 if there is nothing to wait */
	int64_t behind;     /* events after the position */
};

/* NOT_FOUND, without a word, if there is none of this name. */
enum status consumer_find(struct database *database, const char *name, struct consumer *consumer,
	struct error *error);

/* By name, until visit returns false; no statement is open while it runs. */
typedef bool (*consumer_visit_fn)(void *self, const struct consumer *consumer);
enum status consumers_each(
	struct database *database, consumer_visit_fn visit, void *self, struct error *error);

/* Makes one, or moves one, to a position of this history: the beginning is 0. INVALID: a name that
 * is empty or longer than a struct consumer has room for. */
enum status consumer_place(
	struct database *database, const char *name, int64_t position, struct error *error);

/*
 * It is done with every event up to this one: never back, and never beyond the last there is.
 * NOT_FOUND; CONFLICT, with a line, if its position is of another history.
 */
enum status consumer_acknowledge(
	struct database *database, const char *name, int64_t event, struct error *error);

/* The event after its position failed once more; it is to be tried again at a time. NOT_FOUND. */
enum status consumer_note_failure(
	struct database *database, const char *name, int64_t retry_at, struct error *error);

/* NOT_FOUND. */
enum status consumer_forget(struct database *database, const char *name, struct error *error);

#endif
