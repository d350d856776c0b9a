#include "adapters/formats/line_reader.h"

#include <stdlib.h>
#include <string.h>

#include "domain/base/memory.h"

/* Makes sure that count bytes are there, unless the input ends before. */
static enum status line_fill(struct line_reader *reader, size_t count, struct error *error)
{
	enum status status = STATUS_OK;

	while (status == STATUS_OK && !reader->at_end && reader->text.length - reader->at < count) {
		size_t left = reader->text.length - reader->at;
		bool more;

		if (left)
			memmove(reader->text.text, reader->text.text + reader->at, left);
		reader->text.length = left;
		reader->at = 0;
		status = input_read_text(reader->input, &reader->text, &more, error);
		reader->at_end = !more;
	}
	return status;
}

static size_t length_to_break(const char *text, size_t length)
{
	const char *newline = memchr(text, '\n', length);
	const char *carriage_return;

	if (newline)
		length = (size_t)(newline - text);
	carriage_return = memchr(text, '\r', length);
	return carriage_return ? (size_t)(carriage_return - text) : length;
}

static void line_add(struct line_reader *reader, size_t length)
{
	if (reader->line.length + length > LINE_MAX_LENGTH)
		reader->is_cut = true;
	else
		buffer_add(&reader->line, reader->text.text + reader->at, length);
	reader->at += length;
}

enum status line_reader_next(struct line_reader *reader, bool *there, struct error *error)
{
	enum status status;

	buffer_clear(&reader->line);
	reader->is_cut = false;
	*there = false;
	while ((status = line_fill(reader, 2, error)) == STATUS_OK) {
		const char *text = reader->text.text + reader->at;
		size_t left = reader->text.length - reader->at, length;

		if (left == 0)
			break;
		*there = true;
		length = length_to_break(text, left);
		line_add(reader, length);
		if (length == left)
			continue;
		status = line_fill(reader, 2, error);
		text = reader->text.text + reader->at;
		left = reader->text.length - reader->at;
		reader->at += left > 1 && text[0] == '\r' && text[1] == '\n' ? 2 : 1;
		break;
	}
	reader->number += *there ? 1 : 0;
	buffer_text(&reader->line);
	return status;
}

void line_reader_finish(struct line_reader *reader)
{
	buffer_finish(&reader->line);
	buffer_finish(&reader->text);
}

struct bookmark_source *line_source_open(const struct format_reader *reader, struct input *input,
	enum status *status, struct error *error)
{
	const struct line_format *format = reader->variant;
	struct line_source *source;

	*status = input_begin_text(input, INPUT_GUESSED, error);
	if (*status != STATUS_OK)
		return NULL;
	source = memory_new(format->size);
	source->source.next = format->next;
	source->lines.input = input;
	return &source->source;
}

void line_source_free(struct bookmark_source *base)
{
	struct line_source *source = (struct line_source *)base;

	line_reader_finish(&source->lines);
	record_finish(&source->record);
	free(source);
}

/* Behind the blanks and the bullet that a line begins with. */
static const char *behind_bullet(const char *line)
{
	line += strspn(line, " \t");
	if (strchr("0123456789", *line))
		line += strspn(line, "0123456789.)");
	else
		line += strspn(line, "-*+");
	return line + strspn(line, " \t");
}

size_t list_items_with(const char *text, const char *mark)
{
	size_t count = 0;

	while (*text) {
		count += strncmp(behind_bullet(text), mark, strlen(mark)) == 0;
		text += strcspn(text, "\r\n");
		text += strspn(text, "\r\n");
	}
	return count;
}
