#ifndef ADAPTERS_FORMATS_JSON_STREAM_H
#define ADAPTERS_FORMATS_JSON_STREAM_H

#include <jansson.h>
#include <stdbool.h>

#include "adapters/formats/line_reader.h"

/* No element of an array is longer, and no document that is an object. */
#define JSON_ELEMENT_MAX  (16u << 20)
#define JSON_DOCUMENT_MAX (64u << 20)

/* What a step along the stream found. */
enum json_step {
	JSON_STEP_VALUE,   /* *value is the caller's to json_decref() */
	JSON_STEP_DAMAGED, /* a value that cannot be used, with a reason; the next one follows */
	JSON_STEP_END,
	JSON_STEP_FAILED /* no JSON, or not UTF-8, or it cannot be read: status and a reason */
};

/*
 * JSON read a value at a time: the elements of an array, one value if the document is none, or
 * with by_lines one a line, where what is damaged spoils its line only. Where a value ends is
 * found here, so that what is too large, nested too deep or made of nothing is passed over unread;
 * jansson parses it.
 *
 * { .input = …, .lines.input = …, .more = true } is ready once input_begin_text() was called.
 */
struct json_stream {
	struct input *input;
	bool by_lines;
	struct line_reader lines; /* of by_lines */
	long line;                /* breaks before at */
	bool more;
	enum { JSON_AT_START, JSON_IN_ARRAY, JSON_BEHIND_ROOT } place;
	struct buffer text; /* read, from at on not yet looked at */
	size_t at;
};

/* *line is that on which the value begins. */
enum json_step json_stream_next(struct json_stream *stream, json_t **value, long *line,
	enum status *status, struct error *error);

void json_stream_finish(struct json_stream *stream);

#endif
