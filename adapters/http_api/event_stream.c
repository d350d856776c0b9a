#include "adapters/http_api/event_stream.h"

#include <stdlib.h>
#include <string.h>

#include "adapters/json/event_json.h"
#include "adapters/system/steady_clock.h"

#define SILENCE_MS  15000
#define EVENTS_ONCE 100

struct reading {
	struct event_stream *stream;
	size_t count;
};

void event_stream_init(
	struct event_stream *stream, struct library *library, const char *last_event_id)
{
	struct catalogue *catalogue = library->catalogue;

	*stream = (struct event_stream){.library = library, .silent_since = steady_clock_ms()};
	if (last_event_id)
		stream->last = strtoll(last_event_id, NULL, 10);
	else
		catalogue->last_event(catalogue, &stream->last, NULL);
	/* The first line tells the client that it is heard. */
	buffer_add_string(&stream->text, ": barky\n\n");
}

void event_stream_finish(struct event_stream *stream)
{
	buffer_finish(&stream->text);
}

static bool write_event(void *self, const struct event *event)
{
	struct reading *reading = self;
	struct buffer *text = &reading->stream->text;
	struct json_writer json = {.out = text};

	buffer_print(
		text, "id: %lld\nevent: %s\ndata: ", (long long)event->id, event_name(event->type));
	event_json_put(&json, event);
	buffer_add_string(text, "\n\n");
	reading->stream->last = event->id;
	return ++reading->count < EVENTS_ONCE;
}

/* A library that cannot be read now is read at the next occasion. */
static void read_more(struct event_stream *stream)
{
	struct catalogue *catalogue = stream->library->catalogue;
	struct reading reading = {.stream = stream};

	buffer_clear(&stream->text);
	stream->taken = 0;
	catalogue->each_event(catalogue, stream->last, write_event, &reading, NULL);
	if (!stream->text.length && event_stream_timeout(stream) == 0)
		buffer_add_string(&stream->text, ": still here\n\n");
}

size_t event_stream_read(struct event_stream *stream, char *buffer, size_t size)
{
	size_t length;

	if (stream->taken == stream->text.length)
		read_more(stream);
	length = stream->text.length - stream->taken;
	if (length > size)
		length = size;
	if (length) {
		memcpy(buffer, buffer_text(&stream->text) + stream->taken, length);
		stream->silent_since = steady_clock_ms();
	}
	stream->taken += length;
	return length;
}

int event_stream_timeout(const struct event_stream *stream)
{
	int64_t left = stream->silent_since + SILENCE_MS - steady_clock_ms();

	return left > 0 ? (int)left : 0;
}
