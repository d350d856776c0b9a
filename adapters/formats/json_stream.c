#include "adapters/formats/json_stream.h"

#include <string.h>

#define DEPTH_MAX 256

/* A bookmark takes some 200 bytes of text; jansson takes as much for a mere "[]". */
#define BYTES_A_PART 16
#define PARTS_FREE   10000

#define JSON_BLANKS  " \t\r\n"

/*
 * How far a value has been followed: brackets and strings, and what it will cost. Only the end of
 * a value is found this way; whether it is JSON is jansson's to say.
 */
struct scan {
	size_t length; /* of the value, so far */
	int depth;
	int deepest;
	size_t parts; /* objects and arrays */
	bool in_string;
	bool escaped;
	bool done;
};

/* To the end of a string or of what there is of it. */
static const char *scan_string(struct scan *scan, const char *at, const char *end)
{
	for (; at < end; at++) {
		if (scan->escaped) {
			scan->escaped = false;
		} else if (*at == '\\') {
			scan->escaped = true;
		} else if (*at == '"') {
			scan->in_string = false;
			return at + 1;
		}
	}
	return at;
}

/* Follows a value through a text, up to its end or that of the text: behind a bracket, else before
 * what follows it. */
static void scan_on(struct scan *scan, const char *text, size_t length)
{
	const char *at = text, *end = text + length;

	while (at < end && !scan->done) {
		char c = *at;

		if (scan->in_string) {
			at = scan_string(scan, at, end);
			continue;
		}
		if (c == '"') {
			scan->in_string = true;
		} else if (c == '{' || c == '[') {
			scan->parts++;
			if (++scan->depth > scan->deepest)
				scan->deepest = scan->depth;
		} else if (c == '}' || c == ']' || c == ',') {
			scan->done = scan->depth == 0;
			if (scan->done)
				break;
			scan->depth -= c != ',';
			scan->done = scan->depth == 0;
		}
		at++;
	}
	scan->length += (size_t)(at - text);
}

static bool is_bomb(const struct scan *scan, struct error *error)
{
	if (scan->deepest > DEPTH_MAX)
		error_set(error, "it is nested more than %d deep", DEPTH_MAX);
	else if (scan->parts > PARTS_FREE + scan->length / BYTES_A_PART)
		error_set(error, "it is made of too many empty parts");
	else
		return false;
	return true;
}

/* What spoils one value, and not the syntax of what it stands in. */
static bool is_of_the_value(enum json_error_code code)
{
	return code == json_error_duplicate_key || code == json_error_null_character ||
	       code == json_error_null_byte_in_key || code == json_error_numeric_overflow ||
	       code == json_error_stack_overflow;
}

static enum json_step parse(
	const char *text, const struct scan *scan, long line, json_t **value, struct error *error)
{
	json_error_t failure;
	enum json_error_code code;

	if (is_bomb(scan, error))
		return JSON_STEP_DAMAGED;
	*value = json_loadb(text, scan->length, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &failure);
	if (*value)
		return JSON_STEP_VALUE;
	code = json_error_code(&failure);
	if (code == json_error_null_character)
		error_set(error, "it holds a NUL");
	else if (code == json_error_invalid_utf8)
		error_set(error, "it is not UTF-8");
	else if (is_of_the_value(code) || failure.line <= 1)
		error_set(error, "%s", failure.text);
	else
		error_set(error, "line %ld: %s", line + failure.line - 1, failure.text);
	return is_of_the_value(code) ? JSON_STEP_DAMAGED : JSON_STEP_FAILED;
}

/* Adds what comes next to the text, whose beginning up to at is dropped. */
static enum status read_more(struct json_stream *stream, struct error *error)
{
	size_t left = stream->text.length - stream->at;

	if (left)
		memmove(stream->text.text, stream->text.text + stream->at, left);
	stream->text.length = left;
	stream->at = 0;
	return input_read_text(stream->input, &stream->text, &stream->more, error);
}

static size_t left_in(const struct json_stream *stream)
{
	return stream->text.length - stream->at;
}

static void move_on(struct json_stream *stream, size_t length)
{
	const char *at = buffer_text(&stream->text) + stream->at, *end = at + length;

	while (at < end && (at = memchr(at, '\n', (size_t)(end - at)))) {
		stream->line++;
		at++;
	}
	stream->at += length;
}

/* The next byte that is no blank, where it stands; 0 at the end. */
static enum status peek(struct json_stream *stream, char *byte, struct error *error)
{
	enum status status = STATUS_OK;

	*byte = '\0';
	while (status == STATUS_OK) {
		const char *text = buffer_text(&stream->text) + stream->at;
		size_t blanks = strspn(text, JSON_BLANKS);

		move_on(stream, blanks);
		if (left_in(stream)) {
			*byte = stream->text.text[stream->at];
			return STATUS_OK;
		}
		if (!stream->more)
			return STATUS_OK;
		status = read_more(stream, error);
	}
	return status;
}

static enum status stream_refuse(struct json_stream *stream, const char *why, struct error *error)
{
	return error_fail(STATUS_INVALID, error, "line %ld: %s", stream->line + 1, why);
}

/* Follows one value to its end; what is beyond the limit is dropped meanwhile. *held is how much
 * of it is in the text then. */
static enum status find_end(struct json_stream *stream, size_t limit, struct scan *scan,
	size_t *held, struct error *error)
{
	for (*held = 0;;) {
		size_t before = scan->length;
		enum status status;

		scan_on(scan, stream->text.text + stream->at + *held, left_in(stream) - *held);
		*held += scan->length - before;
		if (scan->done || (!stream->more && !scan->depth && !scan->in_string))
			return STATUS_OK;
		if (!stream->more)
			return stream_refuse(stream, "the JSON breaks off", error);
		if (scan->length > limit) {
			move_on(stream, *held);
			*held = 0;
		}
		status = read_more(stream, error);
		if (status != STATUS_OK)
			return status;
	}
}

/* Bad syntax and bad UTF-8 spoil the document, whatever else is bad only its element. */
static enum json_step read_value(struct json_stream *stream, size_t limit, json_t **value,
	enum status *status, struct error *error)
{
	struct scan scan = {0};
	enum json_step step;
	size_t held;

	*status = find_end(stream, limit, &scan, &held, error);
	if (*status != STATUS_OK)
		return JSON_STEP_FAILED;
	if (scan.length > limit) {
		error_set(error, "it is longer than %zu MiB", limit >> 20);
		step = JSON_STEP_DAMAGED;
	} else {
		step = parse(stream->text.text + stream->at, &scan, stream->line + 1, value, error);
	}
	move_on(stream, held);
	if (step == JSON_STEP_FAILED)
		*status = STATUS_INVALID;
	return step;
}

/* Behind an element stands a comma and another one, or the end of the array. */
static enum status check_separator(struct json_stream *stream, struct error *error)
{
	char byte;
	enum status status = peek(stream, &byte, error);
	bool is_right = byte == ']';

	if (status == STATUS_OK && byte == ',') {
		move_on(stream, 1);
		status = peek(stream, &byte, error);
		is_right = byte && byte != ']';
	}
	if (status == STATUS_OK && !is_right)
		status = stream_refuse(
			stream, byte ? "the array is damaged here" : "the JSON breaks off", error);
	return status;
}

static enum json_step next_element(
	struct json_stream *stream, json_t **value, enum status *status, struct error *error)
{
	enum json_step step = read_value(stream, JSON_ELEMENT_MAX, value, status, error);
	struct error trouble = {0};

	if (step == JSON_STEP_FAILED)
		return step;
	*status = check_separator(stream, &trouble);
	if (*status == STATUS_OK)
		return step;
	if (step == JSON_STEP_VALUE)
		json_decref(*value);
	*value = NULL;
	*error = trouble;
	return JSON_STEP_FAILED;
}

static enum json_step end_of(
	struct json_stream *stream, char byte, enum status *status, struct error *error)
{
	if (byte == ']' && stream->place == JSON_IN_ARRAY) {
		move_on(stream, 1);
		stream->place = JSON_BEHIND_ROOT;
		*status = peek(stream, &byte, error);
		if (*status != STATUS_OK)
			return JSON_STEP_FAILED;
	}
	if (stream->place == JSON_BEHIND_ROOT && !left_in(stream))
		return JSON_STEP_END;
	*status = stream_refuse(stream,
		left_in(stream) ? "something stands behind the JSON" : "the JSON breaks off",
		error);
	return JSON_STEP_FAILED;
}

static enum json_step next_of_document(struct json_stream *stream, json_t **value, long *line,
	enum status *status, struct error *error)
{
	char byte;

	*status = peek(stream, &byte, error);
	if (*status != STATUS_OK)
		return JSON_STEP_FAILED;
	if (stream->place == JSON_AT_START && byte == '[') {
		move_on(stream, 1);
		stream->place = JSON_IN_ARRAY;
		*status = peek(stream, &byte, error);
		if (*status != STATUS_OK)
			return JSON_STEP_FAILED;
	}
	*line = stream->line + 1;
	if (!left_in(stream) || stream->place == JSON_BEHIND_ROOT || byte == ']')
		return end_of(stream, byte, status, error);
	if (stream->place == JSON_IN_ARRAY)
		return next_element(stream, value, status, error);
	stream->place = JSON_BEHIND_ROOT;
	return read_value(stream, JSON_DOCUMENT_MAX, value, status, error);
}

static enum json_step next_of_lines(struct json_stream *stream, json_t **value, long *line,
	enum status *status, struct error *error)
{
	const struct buffer *text = &stream->lines.line;
	struct scan scan = {0};
	bool there;

	do {
		*status = line_reader_next(&stream->lines, &there, error);
		if (*status != STATUS_OK)
			return JSON_STEP_FAILED;
		if (!there)
			return JSON_STEP_END;
	} while (strspn(text->text, JSON_BLANKS) == text->length);
	*line = stream->lines.number;
	if (stream->lines.is_cut) {
		error_set(error, "it is longer than %u MiB", LINE_MAX_LENGTH >> 20);
		return JSON_STEP_DAMAGED;
	}
	scan_on(&scan, text->text, text->length);
	scan.length = text->length;
	return parse(text->text, &scan, *line, value, error) == JSON_STEP_VALUE ? JSON_STEP_VALUE
										: JSON_STEP_DAMAGED;
}

enum json_step json_stream_next(struct json_stream *stream, json_t **value, long *line,
	enum status *status, struct error *error)
{
	return stream->by_lines ? next_of_lines(stream, value, line, status, error)
				: next_of_document(stream, value, line, status, error);
}

void json_stream_finish(struct json_stream *stream)
{
	line_reader_finish(&stream->lines);
	buffer_finish(&stream->text);
}
