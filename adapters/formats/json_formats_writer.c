#include "adapters/formats/json.h"

#include "adapters/json/json_writer.h"

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

static void begin_lines(struct buffer *out)
{
	(void)out;
}

static void add_line(struct buffer *out, const struct bookmark *bookmark, size_t number)
{
	(void)number;
	add_object(out, bookmark);
	buffer_add_char(out, '\n');
}

static void end_lines(struct buffer *out, size_t count)
{
	(void)out;
	(void)count;
}

static const char *const json_endings[] = {".json", NULL};
static const char *const jsonl_endings[] = {".jsonl", ".ndjson", NULL};

const struct format_writer json_format_writer = {
	json_endings, false, begin_array, add_element, end_array};
const struct format_writer jsonl_format_writer = {
	jsonl_endings, false, begin_lines, add_line, end_lines};
