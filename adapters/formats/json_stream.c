#include "adapters/formats/json_stream.h"

#include <string.h>

#include "adapters/formats/json_value.h"

/* Makes sure that a byte is there, unless the input is at its end. */
static enum status fill(struct json_stream *stream, struct error *error)
{
	enum status status = STATUS_OK;

	while (status == STATUS_OK && stream->at == stream->text.length && stream->more) {
		buffer_clear(&stream->text);
		stream->at = 0;
		status = input_read_text(stream->input, &stream->text, &stream->more, error);
	}
	return status;
}

static bool is_at_end(const struct json_stream *stream)
{
	return stream->at == stream->text.length;
}

/* The next byte that is no blank, where it stands; 0 at the end. */
static enum status peek(struct json_stream *stream, char *byte, struct error *error)
{
	enum status status;

	*byte = '\0';
	while ((status = fill(stream, error)) == STATUS_OK && !is_at_end(stream)) {
		*byte = stream->text.text[stream->at];
		if (!*byte || !strchr(" \t\r\n", *byte))
			return STATUS_OK;
		stream->line += *byte == '\n';
		stream->at++;
		*byte = '\0';
	}
	return status;
}

static enum json_step fail_with(
	struct json_stream *stream, const char *why, enum status *status, struct error *error)
{
	*status = STATUS_INVALID;
	error_set(error, "line %ld: %s", stream->line, why);
	return JSON_FAILED;
}

/* How far a value has been followed. */
struct follower {
	int depth;
	bool in_string;
	bool escaped;
	bool done;
};

static void follow_string(struct follower *follower, char c)
{
	if (follower->escaped)
		follower->escaped = false;
	else if (c == '\\')
		follower->escaped = true;
	else
		follower->in_string = c != '"';
}

/* Where the value ends in the text that is there: behind it, or before a ',' or ']'. */
static size_t follow(struct json_stream *stream, struct follower *follower)
{
	const char *text = stream->text.text;
	size_t at = stream->at;

	for (; at < stream->text.length && !follower->done; at++) {
		char c = text[at];

		if (follower->in_string) {
			follow_string(follower, c);
		} else if (c == '"') {
			follower->in_string = true;
		} else if (c == '{' || c == '[') {
			follower->depth++;
		} else if (follower->depth == 0 && (c == ',' || c == ']' || c == '}')) {
			follower->done = true;
			return at;
		} else if (c == '}' || c == ']') {
			follower->done = --follower->depth == 0;
		}
		stream->line += c == '\n';
	}
	return at;
}

/* Gathers the text of one value; what is beyond the limit is passed over. */
static enum status gather(
	struct json_stream *stream, size_t limit, bool *is_too_long, struct error *error)
{
	struct follower follower = {0};
	enum status status;

	buffer_clear(&stream->value);
	*is_too_long = false;
	while ((status = fill(stream, error)) == STATUS_OK && !is_at_end(stream)) {
		size_t end = follow(stream, &follower), length = end - stream->at;

		if (stream->value.length + length > limit)
			*is_too_long = true;
		else
			buffer_add(&stream->value, stream->text.text + stream->at, length);
		stream->at = end;
		if (follower.done)
			return STATUS_OK;
	}
	if (status == STATUS_OK && (follower.depth || follower.in_string)) {
		fail_with(stream, "the JSON breaks off", &status, error);
	}
	return status;
}

/* Bad syntax and bad UTF-8 spoil the document, whatever else is bad only its element. */
static enum json_step read_value(struct json_stream *stream, size_t limit, json_t **value,
	long *line, enum status *status, struct error *error)
{
	bool is_too_long;

	*line = stream->line;
	*status = gather(stream, limit, &is_too_long, error);
	if (*status != STATUS_OK)
		return JSON_FAILED;
	if (is_too_long) {
		error_set(error, "it is longer than %zu MiB", limit >> 20);
		return JSON_DAMAGED;
	}
	switch (json_value_parse(
		buffer_text(&stream->value), stream->value.length, *line, value, error)) {
	case JSON_FINE: return JSON_VALUE;
	case JSON_UNUSABLE: return JSON_DAMAGED;
	case JSON_NOT_UTF8:
	case JSON_NO_JSON: break;
	}
	*status = STATUS_INVALID;
	return JSON_FAILED;
}

/* Behind an element stands a comma and another one, or the end of the array. */
static enum status check_separator(struct json_stream *stream, struct error *error)
{
	enum status status;
	char byte;
	bool is_right;

	status = peek(stream, &byte, error);
	is_right = byte == ']';
	if (status == STATUS_OK && byte == ',') {
		stream->at++;
		status = peek(stream, &byte, error);
		is_right = byte && byte != ']';
	}
	if (status == STATUS_OK && !is_right)
		fail_with(stream, byte ? "the array is damaged here" : "the JSON breaks off",
			&status, error);
	return status;
}

static enum json_step next_element(struct json_stream *stream, json_t **value, long *line,
	enum status *status, struct error *error)
{
	enum json_step step = read_value(stream, JSON_ELEMENT_MAX, value, line, status, error);
	struct error trouble = {0};

	if (step == JSON_FAILED)
		return step;
	*status = check_separator(stream, &trouble);
	if (*status == STATUS_OK)
		return step;
	if (step == JSON_VALUE)
		json_decref(*value);
	*error = trouble;
	return JSON_FAILED;
}

static enum json_step finish(
	struct json_stream *stream, char byte, enum status *status, struct error *error)
{
	if (byte == ']' && stream->place == JSON_IN_ARRAY) {
		stream->at++;
		stream->place = JSON_BEHIND_ROOT;
		*status = peek(stream, &byte, error);
		if (*status != STATUS_OK)
			return JSON_FAILED;
	}
	if (stream->place == JSON_BEHIND_ROOT && !byte && is_at_end(stream))
		return JSON_END;
	if (is_at_end(stream))
		return fail_with(stream, "the JSON breaks off", status, error);
	return fail_with(stream, "something stands behind the JSON", status, error);
}

enum json_step json_stream_next(struct json_stream *stream, json_t **value, long *line,
	enum status *status, struct error *error)
{
	char byte;

	*status = peek(stream, &byte, error);
	if (*status != STATUS_OK)
		return JSON_FAILED;
	if (stream->place == JSON_AT_START && byte == '[') {
		stream->at++;
		stream->place = JSON_IN_ARRAY;
		*status = peek(stream, &byte, error);
		if (*status != STATUS_OK)
			return JSON_FAILED;
	}
	if (!byte || stream->place == JSON_BEHIND_ROOT || byte == ']')
		return finish(stream, byte, status, error);
	if (stream->place == JSON_IN_ARRAY)
		return next_element(stream, value, line, status, error);
	stream->place = JSON_BEHIND_ROOT;
	return read_value(stream, JSON_DOCUMENT_MAX, value, line, status, error);
}

void json_stream_finish(struct json_stream *stream)
{
	buffer_finish(&stream->text);
	buffer_finish(&stream->value);
}
