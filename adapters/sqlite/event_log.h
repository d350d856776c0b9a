#ifndef ADAPTERS_SQLITE_EVENT_LOG_H
#define ADAPTERS_SQLITE_EVENT_LOG_H

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

#endif
