#include "adapters/cli/format_string.h"

#include <stdlib.h>
#include <string.h>

#include "domain/base/timestamp.h"
#include "domain/base/text.h"

static void print_id(struct output *output, const struct bookmark *bookmark)
{
	output_format(output, "%lld", (long long)bookmark->id);
}

static void print_url(struct output *output, const struct bookmark *bookmark)
{
	output_text(output, bookmark->url);
}

static void print_title(struct output *output, const struct bookmark *bookmark)
{
	output_text(output, bookmark->title);
}

static void print_notes(struct output *output, const struct bookmark *bookmark)
{
	output_text(output, bookmark->notes);
}

static void print_tags(struct output *output, const struct bookmark *bookmark)
{
	char *tags = tag_set_join(&bookmark->tags);

	output_text(output, tags);
	free(tags);
}

static void print_moment(struct output *output, int64_t seconds)
{
	char text[TIMESTAMP_SIZE];

	timestamp_print(seconds, text);
	output_string(output, text);
}

static void print_added(struct output *output, const struct bookmark *bookmark)
{
	print_moment(output, bookmark->added);
}

static void print_modified(struct output *output, const struct bookmark *bookmark)
{
	print_moment(output, bookmark->modified);
}

static void print_source(struct output *output, const struct bookmark *bookmark)
{
	output_text(output, bookmark->source);
}

static const struct field {
	const char *name;
	void (*print)(struct output *output, const struct bookmark *bookmark);
} fields[] = {
	{"id", print_id},
	{"url", print_url},
	{"title", print_title},
	{"notes", print_notes},
	{"tags", print_tags},
	{"date_added", print_added},
	{"date_modified", print_modified},
	{"source", print_source},
};

/* Bytes of "{name}" at the beginning of text; 0 if there is none. */
static size_t named(const char *text)
{
	size_t length = text[0] == '{' ? strspn(text + 1, "abcdefghijklmnopqrstuvwxyz_") : 0;

	return length && text[1 + length] == '}' ? length + 2 : 0;
}

static const struct field *format_string_find(const char *text, size_t size)
{
	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
		if (strlen(fields[i].name) == size - 2 &&
			!memcmp(fields[i].name, text + 1, size - 2))
			return &fields[i];
	return NULL;
}

enum status format_string_check(const char *format, struct error *error)
{
	for (const char *at = format; *at; at++) {
		size_t size = named(at);

		if (!size || format_string_find(at, size))
			continue;
		error_set(error, "--format: there is no field %.*s", (int)size, at);
		return STATUS_INVALID;
	}
	return STATUS_OK;
}

/* Prints one escape, field or character; returns its size in the string. */
static size_t print_piece(
	struct output *output, const char *at, const struct bookmark *bookmark, bool *ended)
{
	size_t size = named(at);

	*ended = *at == '\n';
	if (size) {
		format_string_find(at, size)->print(output, bookmark);
		return size;
	}
	if (*at == '\\' && at[1] && strchr("tn\\", at[1])) {
		*ended = at[1] == 'n';
		output_string(output, at[1] == 't' ? "\t" : at[1] == 'n' ? "\n" : "\\");
		return 2;
	}
	output_bytes(output, at, 1);
	return 1;
}

void format_string_print(struct output *output, const char *format, const struct bookmark *bookmark)
{
	bool ended = false;

	for (const char *at = format; *at;)
		at += print_piece(output, at, bookmark, &ended);
	if (!ended)
		output_string(output, "\n");
}
