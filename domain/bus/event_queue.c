#include "domain/bus/event_queue.h"

#include <stdlib.h>
#include <string.h>

#include "domain/base/memory.h"

void event_queue_record(struct event_queue *queue, enum event_type type, const char *subject)
{
	queue->events =
		memory_grow(queue->events, queue->count, &queue->capacity, sizeof(*queue->events));
	queue->events[queue->count++] = (struct event){
		.type = type,
		.command = queue->command,
		.change = queue->change,
		.subject = memory_copy_string(subject ? subject : ""),
	};
}

static bool has_room(const struct event_queue *queue, enum event_type type, const char *subject)
{
	const struct event *last;

	if (queue->count == 0)
		return false;
	last = &queue->events[queue->count - 1];
	return last->type == type && last->change == queue->change && last->count > 0 &&
	       last->count < EVENT_BOOKMARKS_MAX &&
	       strcmp(last->subject, subject ? subject : "") == 0;
}

static bool is_power_of_two(size_t count)
{
	return (count & (count - 1)) == 0;
}

void event_queue_record_bookmark(
	struct event_queue *queue, enum event_type type, const char *subject, int64_t bookmark)
{
	struct event *event;
	int64_t *ids;

	if (!has_room(queue, type, subject))
		event_queue_record(queue, type, subject);
	event = &queue->events[queue->count - 1];
	if (event->count > 0 && event->bookmarks[event->count - 1] == bookmark)
		return;
	ids = (int64_t *)event->bookmarks;
	if (is_power_of_two(event->count))
		ids = memory_resize(ids, event->count ? 2 * event->count : 1, sizeof(*ids));
	ids[event->count++] = bookmark;
	event->bookmarks = ids;
}

void event_queue_append(struct event_queue *queue, struct event_queue *from)
{
	for (size_t i = 0; i < from->count; i++) {
		queue->events = memory_grow(
			queue->events, queue->count, &queue->capacity, sizeof(*queue->events));
		queue->events[queue->count++] = from->events[i];
	}
	free(from->events);
	*from = (struct event_queue){0};
}

void event_queue_clear(struct event_queue *queue)
{
	for (size_t i = 0; i < queue->count; i++) {
		free((void *)queue->events[i].bookmarks);
		free((void *)queue->events[i].subject);
	}
	free(queue->events);
	*queue = (struct event_queue){0};
}
