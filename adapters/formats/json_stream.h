#ifndef ADAPTERS_FORMATS_JSON_STREAM_H
#define ADAPTERS_FORMATS_JSON_STREAM_H

#include <jansson.h>

#include "adapters/files/input.h"

/* No element of an array is longer, and no document that is an object. */
#define JSON_ELEMENT_MAX  (16u << 20)
#define JSON_DOCUMENT_MAX (64u << 20)

/* What a step along the stream found. */
enum json_step {
	JSON_VALUE,   /* *value is the caller's to json_decref() */
	JSON_DAMAGED, /* an element that cannot be used, with a reason; the next one follows */
	JSON_END,
	JSON_FAILED /* no JSON, or not UTF-8, or it cannot be read: status and a reason */
};

/*
 * A JSON document read a value at a time: the elements of an array, or one value if it is an
 * object. Where a value ends is found here, the values are parsed by jansson.
 * { .input = …, .line = 1, .more = true } is ready once input_begin_text() was called.
 */
struct json_stream {
	struct input *input;
	long line;
	bool more;
	enum { JSON_AT_START, JSON_IN_ARRAY, JSON_BEHIND_ROOT } place;
	struct buffer text; /* read, from at on not yet looked at */
	size_t at;
	struct buffer value; /* the text of one value */
};

/* *line is that on which the value begins. */
enum json_step json_stream_next(struct json_stream *stream, json_t **value, long *line,
	enum status *status, struct error *error);
void json_stream_finish(struct json_stream *stream);

#endif
