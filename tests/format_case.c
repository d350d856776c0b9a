#include "tests/format_case.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "adapters/formats/formats.h"
#include "domain/buffer.h"

static void add_text(struct buffer *out, const char *text)
{
	for (; *text; text++) {
		switch (*text) {
		case '\n': buffer_add_string(out, "\\n"); break;
		case '\r': buffer_add_string(out, "\\r"); break;
		case '\t': buffer_add_string(out, "\\t"); break;
		case '\\': buffer_add_string(out, "\\\\"); break;
		default: buffer_add_char(out, *text); break;
		}
	}
	buffer_add_char(out, '\t');
}

static void add_date(struct buffer *out, int64_t date, char end)
{
	if (date == NO_DATE)
		buffer_add_char(out, '-');
	else
		buffer_print(out, "%" PRId64, date);
	buffer_add_char(out, end);
}

static void add_found(struct buffer *out, const struct found_bookmark *found)
{
	char *tags = tag_set_join(found->tags);

	add_text(out, found->url);
	add_text(out, found->title);
	add_text(out, found->notes);
	add_text(out, tags);
	add_date(out, found->added, '\t');
	add_date(out, found->modified, '\n');
	free(tags);
}

static void add_all(struct buffer *out, struct bookmark_source *source)
{
	for (;;) {
		struct found_bookmark found = {.added = NO_DATE, .modified = NO_DATE};
		struct reason reason = {{0}};

		switch (source->next(source, &found, &reason)) {
		case SOURCE_BOOKMARK: add_found(out, &found); break;
		case SOURCE_SKIPPED:
			buffer_print(out, "! %ld: %s\n", found.place, reason.text);
			break;
		case SOURCE_END: return;
		case SOURCE_FAILED: buffer_print(out, "!! %s\n", reason.text); return;
		}
	}
}

static void read_input(struct buffer *out, struct input *input, const char *name)
{
	const struct format *format = name ? format_find(name) : format_recognise(input);
	struct reason reason = {{0}};
	enum status status;
	struct bookmark_source *source;

	buffer_print(out, "%s\n", format ? format->name : "unknown");
	if (!format)
		return;
	source = format->reader->open(input, &status, &reason);
	if (!source) {
		buffer_print(out, "!! %s\n", reason.text);
		return;
	}
	add_all(out, source);
	format->reader->close(source);
}

char *format_case_read(const char *path, const char *format)
{
	struct buffer out = {0};
	struct reason reason = {{0}};
	struct input *input = NULL;

	if (input_open(path, &input, &reason) == STATUS_OK)
		read_input(&out, input, format);
	else
		buffer_print(&out, "!! %s\n", reason.text);
	input_close(input);
	return buffer_take(&out);
}

char *format_case_read_bytes(const void *bytes, size_t length, const char *format)
{
	char path[] = "/tmp/barky-case-XXXXXX";
	int fd = mkstemp(path);
	char *text;

	if (fd < 0 || write(fd, bytes, length) != (ssize_t)length)
		abort();
	close(fd);
	text = format_case_read(path, format);
	unlink(path);
	return text;
}
