#ifndef DOMAIN_BUS_EVENT_QUEUE_H
#define DOMAIN_BUS_EVENT_QUEUE_H

#include "domain/bus/event.h"

/*
 * The events of one transaction, in order, with the memory that they lend. {0} is an empty queue.
 */
struct event_queue {
	struct event *events;
	size_t count;
	size_t capacity;
	enum command_type command; /* events recorded from now on say so */
	int64_t change;            /* likewise */
	const char *origin;        /* likewise; lent, and copied into each */
};

/* Adds an event without bookmarks; subject is copied. */
void event_queue_record(struct event_queue *queue, enum event_type type, const char *subject);

/* Adds a line to the detail of the event recorded last. */
__attribute__((format(printf, 2, 3))) void event_queue_detail(
	struct event_queue *queue, const char *format, ...);

/*
 * Says that this happened to one more bookmark: joins one of the last few events if it is of that
 * type, subject, change and fields and has room, else begins another.
 */
void event_queue_record_bookmark(
	struct event_queue *queue, enum event_type type, const char *subject, int64_t bookmark);

/* The same, with the fields that changed (bookmark_differences()). */
void event_queue_record_fields(struct event_queue *queue, enum event_type type, const char *subject,
	int64_t bookmark, const char *fields);

/* BOOKMARKS_DELETED, with the address. */
void event_queue_record_deletion(
	struct event_queue *queue, const char *subject, int64_t bookmark, const char *url);

/* Moves all of from's events behind queue's own. */
void event_queue_append(struct event_queue *queue, struct event_queue *from);
void event_queue_clear(struct event_queue *queue);

#endif
