#ifndef DOMAIN_BUS_EVENT_QUEUE_H
#define DOMAIN_BUS_EVENT_QUEUE_H

#include "domain/bus/event.h"

/*
 * The events of one transaction, in order, with the memory their ids and subjects live in. {0}
 * is an empty queue.
 */
struct event_queue {
	struct event *events;
	size_t count;
	size_t capacity;
	enum command_type command; /* events recorded from now on say so */
	int64_t change;            /* likewise */
};

/* Adds an event without bookmarks; subject is copied. */
void event_queue_record(struct event_queue *queue, enum event_type type, const char *subject);

/*
 * Says that this happened to one more bookmark: joins the last event if it is of that type,
 * subject and change and has room, else begins another.
 */
void event_queue_record_bookmark(
	struct event_queue *queue, enum event_type type, const char *subject, int64_t bookmark);

/* Moves all of from's events behind queue's own. */
void event_queue_append(struct event_queue *queue, struct event_queue *from);
void event_queue_clear(struct event_queue *queue);

#endif
