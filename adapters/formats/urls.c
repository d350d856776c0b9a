#include "adapters/formats/formats.h"

#include <stdlib.h>
#include <string.h>

#include "adapters/formats/line_reader.h"
#include "domain/base/text.h"
#include "domain/bookmarks/address_line.h"
#include "domain/bookmarks/url.h"

struct urls_source {
	struct line_source base; /* first, so that a source is one of these */
	struct address_line line;
};

/* A NUL ends no line: it spoils the record. */
static void urls_fill(struct urls_source *source)
{
	const struct buffer *text = &source->base.lines.line;
	struct record *record = &source->base.record;

	if (strlen(text->text) != text->length) {
		buffer_add(&record->url, text->text, text->length);
		return;
	}
	address_line_read(&source->line, text->text);
	buffer_add_string(&record->url, source->line.url);
	buffer_add_string(&record->title, source->line.title);
	tag_set_unite(&record->bookmark.tags, &source->line.tags);
}

static enum source_step urls_next(
	struct bookmark_source *base, struct found_bookmark *found, struct error *error)
{
	struct urls_source *source = (struct urls_source *)base;
	struct line_reader *lines = &source->base.lines;
	struct record *record = &source->base.record;
	bool there;

	while ((base->status = line_reader_next(lines, &there, error)) == STATUS_OK) {
		const char *start = lines->line.text + strspn(lines->line.text, " \t\f\v");

		if (!there)
			return SOURCE_END;
		if (*start == '#' || (!*start && lines->line.length == strlen(lines->line.text)))
			continue;
		record_clear(record);
		record->place = lines->number;
		if (lines->is_cut) {
			error_set(error, "it is longer than %u MiB", LINE_MAX_LENGTH >> 20);
			return record_skip(record->place, found);
		}
		urls_fill(source);
		if (!record_is_query(record))
			return record_yield(record, found, error);
	}
	return SOURCE_FAILED;
}

static void urls_close(struct bookmark_source *base)
{
	address_line_finish(&((struct urls_source *)base)->line);
	line_source_free(base);
}

/* Prose has words before colons too, but a blank behind them. */
static bool looks_like_address(const char *line, size_t length)
{
	char text[256];
	const char *trimmed, *rest;

	if (length >= sizeof(text))
		length = sizeof(text) - 1;
	memcpy(text, line, length);
	text[length] = '\0';
	trimmed = text_trim(text);
	trimmed += *trimmed == '"';
	if (!url_has_scheme(trimmed))
		return false;
	rest = strchr(trimmed, ':') + 1;
	return strncmp(rest, "//", 2) == 0 || (*rest && !strpbrk(trimmed, " \t"));
}

static int urls_detect(const struct format_reader *reader, struct input *input)
{
	const char *line = input->text_head;
	size_t addresses = 0, others = 0;

	(void)reader;
	while (*line) {
		size_t length = strcspn(line, "\r\n");
		size_t indent = strspn(line, " \t");

		if (indent < length && line[indent] != '#') {
			bool is_address = looks_like_address(line, length);

			addresses += is_address;
			others += !is_address;
		}
		line += length + strspn(line + length, "\r\n");
	}
	if (!addresses || others > addresses)
		return 0;
	return others ? DETECTED_PERHAPS : DETECTED_CERTAINLY - 2;
}

/* A blank would end the address, but for one in quotes. */
static void urls_add_bookmark(struct buffer *out, const struct bookmark *bookmark, size_t number)
{
	bool quoted = strchr(bookmark->url, ' ');

	(void)number;
	if (quoted)
		buffer_add_char(out, '"');
	for (const char *c = bookmark->url; *c; c++) {
		if (quoted && (*c == '"' || *c == '\\'))
			buffer_add_char(out, '\\');
		buffer_add_char(out, *c);
	}
	buffer_add_string(out, quoted ? "\"\n" : "\n");
}

static const char *const endings[] = {".txt", ".urls", NULL};

static const struct line_format urls_lines = {sizeof(struct urls_source), urls_next};

const struct format_reader urls_reader = {urls_detect, line_source_open, urls_close, &urls_lines};
const struct format_writer urls_writer = {endings, true, NULL, urls_add_bookmark, NULL};
