#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "adapters/files/input.h"
#include "adapters/formats/formats.h"
#include "adapters/formats/json_record.h"
#include "adapters/formats/json_source.h"
#include "adapters/formats/json_stream.h"
#include "adapters/json/json_writer.h"
#include "adapters/system/shared_library.h"
#include "domain/base/memory.h"

#define HEAD_LENGTH 12

/*
 * Firefox's .jsonlz4: "mozLz40", a NUL, the size as four bytes with the least first, and one block
 * of LZ4 (https://searchfox.org/mozilla-central/source/toolkit/components/lz4).
 */
static bool mozlz4_is_one(const struct input *input)
{
	return input->head_length > HEAD_LENGTH && memcmp(input->head, "mozLz40", 8) == 0;
}

#ifdef HAVE_LZ4

struct lz4_library {
	int (*decompress)(const char *from, char *to, int from_size, int to_capacity);
};

static const struct library_function functions[] = {
	{"LZ4_decompress_safe", offsetof(struct lz4_library, decompress)},
};

static uint32_t size_within(const struct input *input)
{
	const unsigned char *bytes = (const unsigned char *)input->head + 8;

	return (uint32_t)bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 |
	       (uint32_t)bytes[3] << 24;
}

static enum status decompress(
	const struct buffer *bytes, uint32_t size, struct buffer *text, struct error *error)
{
	struct lz4_library library;
	enum status status = shared_library_open(LZ4_SONAME, functions, 1, &library, error);
	char *plain;
	int length;

	if (status != STATUS_OK)
		return status;
	plain = memory_new((size_t)size + 1);
	length = library.decompress(
		bytes->text + HEAD_LENGTH, plain, (int)(bytes->length - HEAD_LENGTH), (int)size);
	if (length >= 0)
		buffer_add(text, plain, (size_t)length);
	else
		error_set(error, "its compressed text is damaged");
	free(plain);
	return length >= 0 ? STATUS_OK : STATUS_INVALID;
}

/* Adds the text within. STATUS_INVALID: damaged, too large, or built without lz4. */
static enum status mozlz4_read(struct input *input, struct buffer *text, struct error *error)
{
	uint32_t size = size_within(input);
	struct buffer bytes = {0};
	enum status status;

	if (size > JSON_DOCUMENT_MAX)
		return error_fail(
			STATUS_INVALID, error, "it is longer than %u MiB", JSON_DOCUMENT_MAX >> 20);
	status = input_read_all(input, JSON_DOCUMENT_MAX, &bytes, error);
	if (status == STATUS_OK)
		status = decompress(&bytes, size, text, error);
	buffer_finish(&bytes);
	return status;
}

#else

enum status mozlz4_read(struct input *input, struct buffer *text, struct error *error)
{
	(void)input;
	(void)text;
	return error_fail(
		STATUS_INVALID, error, "this barky was built without lz4, which .jsonlz4 needs");
}

#endif

#define LINES_LOOKED_AT 20

/*
 * Bookmarks out of JSON: values come one at a time, each a bookmark or a document that holds many.
 * The first is read to recognise the format, and is the first that is handed out then.
 */
struct json_source {
	struct bookmark_source source; /* first, so that a source is one of these */
	struct json_stream stream;
	char root; /* the first byte: '[', '{' */
	bool has_first;
	struct {
		enum json_step step;
		json_t *value;
		long line;
		enum status status;
		struct error error;
	} first;
	json_t *document; /* what the tree walks */
	struct json_tree tree;
	struct record record;
};

static enum json_step next_value(
	struct json_source *source, json_t **value, long *line, struct error *error)
{
	if (!source->has_first)
		return json_stream_next(
			&source->stream, value, line, &source->source.status, error);
	source->has_first = false;
	*value = source->first.value;
	*line = source->first.line;
	source->first.value = NULL;
	source->source.status = source->first.status;
	if (error)
		*error = source->first.error;
	return source->first.step;
}

static enum source_step next_of_tree(
	struct json_source *source, struct found_bookmark *found, struct error *error)
{
	switch (json_tree_next(&source->tree, &source->record, error)) {
	case SOURCE_BOOKMARK: return record_yield(&source->record, found, error);
	case SOURCE_SKIPPED: return record_skip(source->record.place, found);
	case SOURCE_FAILED:
	case SOURCE_END: break;
	}
	return SOURCE_END;
}

/* A document that is an object has to hold something; an element of a list is only skipped. */
static bool is_foreign(const struct json_source *source, const json_t *value)
{
	return source->root == '{' && !source->stream.by_lines && !json_record_has_address(value);
}

static enum source_step json_take_value(struct json_source *source, json_t *value, long line,
	struct found_bookmark *found, struct error *error)
{
	struct record *record = &source->record;

	json_decref(source->document);
	source->document = value;
	if (!json_record_has_address(value) &&
		json_tree_begin(&source->tree, value, source->root == '['))
		return SOURCE_END;
	if (is_foreign(source, value)) {
		source->source.status =
			error_fail(STATUS_INVALID, error, "it is not an export that is known here");
		return SOURCE_FAILED;
	}
	record_clear(record);
	record->place = line;
	if (!json_record_fill(record, value, error))
		return record_skip(line, found);
	return record_yield(record, found, error);
}

static enum source_step next_of_stream(
	struct json_source *source, struct found_bookmark *found, struct error *error)
{
	json_t *value = NULL;
	long line = 0;

	switch (next_value(source, &value, &line, error)) {
	case JSON_STEP_VALUE: return json_take_value(source, value, line, found, error);
	case JSON_STEP_DAMAGED: return record_skip(line, found);
	case JSON_STEP_FAILED: return SOURCE_FAILED;
	case JSON_STEP_END: break;
	}
	return SOURCE_END;
}

static enum source_step json_next(
	struct bookmark_source *base, struct found_bookmark *found, struct error *error)
{
	struct json_source *source = (struct json_source *)base;

	for (;;) {
		bool in_tree = source->tree.depth > 0;
		enum source_step step = in_tree ? next_of_tree(source, found, error)
						: next_of_stream(source, found, error);

		if (step == SOURCE_BOOKMARK && record_is_query(&source->record))
			continue;
		if (step == SOURCE_END && (in_tree || source->tree.depth > 0))
			continue; /* a document was begun, or is at its end */
		return step;
	}
}

void json_source_close(struct bookmark_source *base)
{
	struct json_source *source = (struct json_source *)base;

	json_decref(source->first.value);
	json_decref(source->document);
	json_tree_finish(&source->tree);
	json_stream_finish(&source->stream);
	record_finish(&source->record);
	free(source);
}

static void close_kept(void *source)
{
	json_source_close(source);
}

struct bookmark_source *json_source_of_document(struct input *input, json_t *take)
{
	struct json_source *source = memory_new(sizeof(*source));

	source->source.next = json_next;
	source->root = '{';
	source->record.lost_counts = input->lost;
	source->stream = (struct json_stream){.input = input, .place = JSON_BEHIND_ROOT};
	source->has_first = true;
	source->first.step = JSON_STEP_VALUE;
	source->first.value = take;
	return &source->source;
}

static struct json_source *json_source_begin(
	struct input *input, bool by_lines, enum status *status, struct error *error)
{
	struct json_source *source;

	*status = input_begin_text(input, INPUT_UTF8, error);
	if (*status != STATUS_OK)
		return NULL;
	source = memory_new(sizeof(*source));
	source->source.next = json_next;
	source->root = input->text_head[strspn(input->text_head, " \t\r\n")];
	source->record.lost_counts = input->lost;
	source->stream = (struct json_stream){
		.input = input, .by_lines = by_lines, .lines.input = input, .more = true};
	return source;
}

/* Firefox's backup, compressed: the text of its document instead of the file's. */
static void unpack(struct json_source *source)
{
	struct json_stream *stream = &source->stream;

	stream->more = false;
	source->root = '{';
	source->first.status = mozlz4_read(stream->input, &stream->text, &source->first.error);
	if (source->first.status == STATUS_OK)
		return;
	source->first.step = JSON_STEP_FAILED;
	source->has_first = true;
}

/* The source with its first value read, which the input keeps until it is opened. */
static struct json_source *first_look(struct input *input)
{
	char root = input->text_head[strspn(input->text_head, " \t\r\n")];
	struct json_source *source;
	enum status status;

	if (root != '{' && root != '[' && !mozlz4_is_one(input))
		return NULL;
	if (input->kept)
		return input->kept;
	source = json_source_begin(input, false, &status, NULL);
	if (!source)
		return NULL;
	if (mozlz4_is_one(input))
		unpack(source);
	if (!source->has_first)
		source->first.step = json_stream_next(&source->stream, &source->first.value,
			&source->first.line, &source->first.status, &source->first.error);
	source->has_first = true;
	input->kept = source;
	input->drop_kept = close_kept;
	return source;
}

/* The keys by which a program's files are known: each row is enough. */
struct json_variant {
	const char *what;
	char root;
	const char *const (*keys)[2]; /* NULL ends them */
};

static bool has_keys(const struct json_variant *variant, const json_t *object)
{
	for (const char *const(*row)[2] = variant->keys; (*row)[0]; row++)
		if (json_object_get(object, (*row)[0]) && json_object_get(object, (*row)[1]))
			return true;
	return false;
}

static bool is_variant(const struct json_variant *variant, const struct json_source *look)
{
	return look && look->root == variant->root && has_keys(variant, look->first.value);
}

static int variant_detect(const struct format_reader *reader, struct input *input)
{
	return is_variant(reader->variant, first_look(input)) ? DETECTED_CERTAINLY : 0;
}

static struct bookmark_source *take_look(
	struct input *input, enum status *status, struct error *error)
{
	struct json_source *source = first_look(input);

	*status = STATUS_OK;
	if (!source)
		return (struct bookmark_source *)json_source_begin(input, false, status, error);
	input->kept = NULL;
	return &source->source;
}

/* An empty list is a file of every kind. */
static struct bookmark_source *variant_open(const struct format_reader *reader, struct input *input,
	enum status *status, struct error *error)
{
	const struct json_variant *variant = reader->variant;
	struct json_source *look = first_look(input);
	bool is_empty = look && look->root == variant->root && look->root == '[' &&
			look->first.step == JSON_STEP_END;

	if (is_empty || is_variant(variant, look))
		return take_look(input, status, error);
	*status = error_fail(STATUS_INVALID, error, "it is not %s", variant->what);
	return NULL;
}

/* What would not be JSON at all begins otherwise. */
static bool may_be_json(const struct input *input)
{
	const char *at = input->text_head + strspn(input->text_head, " \t\r\n");

	if (mozlz4_is_one(input))
		return true;
	at++;
	at += strspn(at, " \t\r\n");
	return *at && strchr("{}]\"", *at);
}

static int json_detect(const struct format_reader *reader, struct input *input)
{
	struct json_source *look = first_look(input);
	const json_t *value = look ? look->first.value : NULL;

	(void)reader;
	if (!look)
		return 0;
	if (look->first.step == JSON_STEP_FAILED || look->first.step == JSON_STEP_DAMAGED)
		return may_be_json(input) ? DETECTED_CERTAINLY - 2 : 0;
	if (look->first.step == JSON_STEP_END || json_record_has_address(value) ||
		json_tree_holds(value))
		return DETECTED_CERTAINLY - 2;
	return DETECTED_PERHAPS;
}

static struct bookmark_source *json_open(const struct format_reader *reader, struct input *input,
	enum status *status, struct error *error)
{
	(void)reader;
	return take_look(input, status, error);
}

/* Whether a line is one bookmark and nothing else; what holds many is read as a document. */
static bool is_bookmark(const char *line, size_t length)
{
	json_t *value = line[strspn(line, " \t")] == '{' ? json_loadb(line, length, 0, NULL) : NULL;
	bool is_one = json_record_has_address(value) && !json_object_get(value, "children");

	json_decref(value);
	return is_one;
}

/* Of the blank lines that a text begins with; the rest of it may begin with blanks too. */
static long count_blank_lines(const char *text)
{
	long lines = 0;

	for (; *text == ' ' || *text == '\t' || *text == '\r' || *text == '\n'; text++)
		lines += *text == '\n';
	return lines;
}

/* The first value is one line, which may be longer than what was looked at. */
static bool begins_with_line(const struct json_source *look, const char *text)
{
	return look->stream.line == count_blank_lines(text) &&
	       json_record_has_address(look->first.value);
}

/* The first lines may be damaged; one that is a bookmark and stands alone is enough. */
static int jsonl_detect(const struct format_reader *reader, struct input *input)
{
	const struct json_source *look = first_look(input);
	const char *line = input->text_head;

	(void)reader;
	if (look && look->first.step == JSON_STEP_VALUE)
		return look->root == '{' && begins_with_line(look, line) ? DETECTED_CERTAINLY - 1
									 : 0;
	for (int i = 0; i < LINES_LOOKED_AT && *line && (!look || look->root == '{'); i++) {
		size_t length = strcspn(line, "\n");

		if (is_bookmark(line, length))
			return DETECTED_CERTAINLY - 1;
		line += length + (line[length] == '\n');
	}
	return 0;
}

static struct bookmark_source *jsonl_open(const struct format_reader *reader, struct input *input,
	enum status *status, struct error *error)
{
	(void)reader;
	return (struct bookmark_source *)json_source_begin(input, true, status, error);
}

static const char *const chrome_keys[][2] = {{"roots", "roots"}, {NULL, NULL}};
static const char *const pinboard_keys[][2] = {
	{"href", "extended"}, {"href", "time"}, {"href", "toread"}, {NULL, NULL}};
static const char *const github_keys[][2] = {{"starred_at", "starred_at"},
	{"full_name", "html_url"}, {"full_name", "node_id"}, {NULL, NULL}};

static const struct json_variant chrome = {"Chrome's Bookmarks", '{', chrome_keys};
static const struct json_variant pinboard = {"Pinboard's JSON", '[', pinboard_keys};
static const struct json_variant github = {"a page of GitHub's stars", '[', github_keys};

const struct format_reader json_reader = {json_detect, json_open, json_source_close, NULL};
const struct format_reader jsonl_reader = {jsonl_detect, jsonl_open, json_source_close, NULL};
const struct format_reader chrome_reader = {
	variant_detect, variant_open, json_source_close, &chrome};
const struct format_reader pinboard_reader = {
	variant_detect, variant_open, json_source_close, &pinboard};
const struct format_reader github_reader = {
	variant_detect, variant_open, json_source_close, &github};

static void add_object(struct buffer *out, const struct bookmark *bookmark)
{
	struct json_writer json = {.out = out};

	json_put_bookmark(&json, bookmark);
}

static void begin_array(struct buffer *out)
{
	buffer_add_char(out, '[');
}

static void add_element(struct buffer *out, const struct bookmark *bookmark, size_t number)
{
	buffer_add_string(out, number ? ",\n" : "\n");
	add_object(out, bookmark);
}

static void end_array(struct buffer *out, size_t count)
{
	buffer_add_string(out, count ? "\n]\n" : "]\n");
}

static void jsonl_add_bookmark(struct buffer *out, const struct bookmark *bookmark, size_t number)
{
	(void)number;
	add_object(out, bookmark);
	buffer_add_char(out, '\n');
}

static const char *const json_endings[] = {".json", NULL};
static const char *const jsonl_endings[] = {".jsonl", ".ndjson", NULL};

const struct format_writer json_format_writer = {
	json_endings, false, begin_array, add_element, end_array};
const struct format_writer jsonl_format_writer = {
	jsonl_endings, false, NULL, jsonl_add_bookmark, NULL};
