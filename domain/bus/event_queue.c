#include "domain/bus/event_queue.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "domain/base/memory.h"

/* Edits of different fields alternate in an import; so many events are kept open for more. */
#define OPEN_EVENTS 8

static const char *copy_of(const char *text)
{
	return memory_copy_string(text ? text : "");
}

static struct event *event_queue_begin(
	struct event_queue *queue, enum event_type type, const char *subject, const char *fields)
{
	queue->events =
		memory_grow(queue->events, queue->count, &queue->capacity, sizeof(*queue->events));
	queue->events[queue->count] = (struct event){
		.type = type,
		.command = queue->command,
		.change = queue->change,
		.subject = copy_of(subject),
		.origin = copy_of(queue->origin),
		.fields = copy_of(fields),
		.detail = copy_of(""),
	};
	return &queue->events[queue->count++];
}

void event_queue_record(struct event_queue *queue, enum event_type type, const char *subject)
{
	event_queue_begin(queue, type, subject, "");
}

static void event_add_line(struct event *event, const char *line)
{
	size_t old = strlen(event->detail), length = strlen(line);
	char *detail = memory_resize((char *)event->detail, old + length + 2, 1);

	if (old)
		detail[old++] = '\n';
	memcpy(detail + old, line, length + 1);
	event->detail = detail;
}

void event_queue_detail(struct event_queue *queue, const char *format, ...)
{
	va_list arguments;
	char line[1024];

	va_start(arguments, format);
	vsnprintf(line, sizeof(line), format, arguments);
	va_end(arguments);
	for (char *c = line; *c; c++)
		if (*c == '\n')
			*c = ' ';
	event_add_line(&queue->events[queue->count - 1], line);
}

static bool event_takes(const struct event_queue *queue, const struct event *event,
	const char *subject, const char *fields)
{
	return event->change == queue->change && event->count > 0 &&
	       event->count < EVENT_BOOKMARKS_MAX && event->command == queue->command &&
	       strcmp(event->subject, subject) == 0 && strcmp(event->fields, fields) == 0;
}

/*
 * An event that is still open for one more bookmark. Looking back stops at an event of another
 * kind, since what is told after it must have happened after it.
 */
static struct event *event_queue_open(const struct event_queue *queue, enum event_type type,
	const char *subject, const char *fields)
{
	size_t first = queue->count > OPEN_EVENTS ? queue->count - OPEN_EVENTS : 0;

	for (size_t i = queue->count; i-- > first && queue->events[i].type == type;)
		if (event_takes(queue, &queue->events[i], subject, fields))
			return &queue->events[i];
	return NULL;
}

static bool is_power_of_two(size_t count)
{
	return (count & (count - 1)) == 0;
}

/* False: it was the last one named already. */
static bool event_add_bookmark(struct event *event, int64_t bookmark)
{
	int64_t *ids = (int64_t *)event->bookmarks;

	if (event->count > 0 && ids[event->count - 1] == bookmark)
		return false;
	if (is_power_of_two(event->count))
		ids = memory_resize(ids, event->count ? 2 * event->count : 1, sizeof(*ids));
	ids[event->count++] = bookmark;
	event->bookmarks = ids;
	return true;
}

void event_queue_record_fields(struct event_queue *queue, enum event_type type, const char *subject,
	int64_t bookmark, const char *fields)
{
	struct event *event = event_queue_open(queue, type, subject ? subject : "", fields);

	if (!event)
		event = event_queue_begin(queue, type, subject, fields);
	event_add_bookmark(event, bookmark);
}

void event_queue_record_bookmark(
	struct event_queue *queue, enum event_type type, const char *subject, int64_t bookmark)
{
	event_queue_record_fields(queue, type, subject, bookmark, "");
}

void event_queue_record_deletion(
	struct event_queue *queue, const char *subject, int64_t bookmark, const char *url)
{
	struct event *event =
		event_queue_open(queue, BOOKMARKS_DELETED, subject ? subject : "", "");

	if (!event)
		event = event_queue_begin(queue, BOOKMARKS_DELETED, subject, "");
	if (event_add_bookmark(event, bookmark))
		event_add_line(event, url);
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
		free((void *)queue->events[i].origin);
		free((void *)queue->events[i].fields);
		free((void *)queue->events[i].detail);
	}
	free(queue->events);
	*queue = (struct event_queue){0};
}
