#ifndef ADAPTERS_HTTP_API_EVENT_STREAM_H
#define ADAPTERS_HTTP_API_EVENT_STREAM_H

#include <stdint.h>
#include <sys/types.h>

#include "adapters/bootstrap.h"
#include "domain/base/buffer.h"

/*
 * The log as server-sent events (WHATWG HTML, 9.2) for one client: "id", "event" and "data" with
 * the event's JSON, from one event on; a comment line every 15 seconds of silence. Some events are
 * read at a time, so that a client that does not read holds neither memory nor the library.
 */
struct event_stream {
	struct library *library;
	int64_t last;       /* the event that was written last */
	struct buffer text; /* what the client has not taken yet */
	size_t taken;
	int64_t silent_since; /* on the steady clock, ms */
};

/* last_event_id is the client's Last-Event-ID header; NULL: what happens from now on. */
void event_stream_init(
	struct event_stream *stream, struct library *library, const char *last_event_id);
void event_stream_finish(struct event_stream *stream);

/* Copies what is there into buffer, at most size bytes; 0: nothing is, for now. */
size_t event_stream_read(struct event_stream *stream, char *buffer, size_t size);

/* Milliseconds until the comment line is due; a read gives it then. */
int event_stream_timeout(const struct event_stream *stream);

#endif
