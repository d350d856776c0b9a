#include <string.h>

#include "adapters/formats/line_source.h"
#include "adapters/formats/lists.h"
#include "domain/base/text.h"
#include "domain/bookmarks/url.h"

static enum source_step next(
	struct bookmark_source *base, struct found_bookmark *found, struct error *error)
{
	struct line_source *source = (struct line_source *)base;
	struct record *record = &source->record;
	bool there;

	while ((base->status = line_reader_next(&source->lines, &there, error)) == STATUS_OK) {
		const char *line = source->lines.line.text;
		const char *start = line + strspn(line, " \t\f\v");

		if (!there)
			return SOURCE_END;
		if (*start == '#' || (!*start && source->lines.line.length == strlen(line)))
			continue;
		record_clear(record);
		record->place = source->lines.number;
		if (source->lines.is_cut) {
			error_set(error, "it is longer than %u MiB", LINE_MAX_LENGTH >> 20);
			return record_skip(record->place, found);
		}
		buffer_add(&record->url, line, source->lines.line.length);
		if (!record_is_query(record))
			return record_yield(record, found, error);
	}
	return SOURCE_FAILED;
}

static struct bookmark_source *open_source(
	struct input *input, enum status *status, struct error *error)
{
	*status = input_begin_text(input, INPUT_GUESSED, error);
	return *status == STATUS_OK ? line_source_new(sizeof(struct line_source), input, next)
				    : NULL;
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
	if (!url_has_scheme(trimmed))
		return false;
	rest = strchr(trimmed, ':') + 1;
	return strncmp(rest, "//", 2) == 0 || (*rest && !strpbrk(trimmed, " \t"));
}

static int likeness(const struct input *input)
{
	const char *line = input->text_head;
	size_t addresses = 0, others = 0;

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
	return others ? LIKENESS_WEAK : LIKENESS_CERTAIN - 2;
}

static void begin(struct buffer *out)
{
	(void)out;
}

static void add_bookmark(struct buffer *out, const struct bookmark *bookmark, size_t number)
{
	(void)number;
	buffer_add_string(out, bookmark->url);
	buffer_add_char(out, '\n');
}

static void end(struct buffer *out, size_t count)
{
	(void)out;
	(void)count;
}

static const char *const endings[] = {".txt", ".urls", NULL};

const struct format_reader urls_reader = {likeness, open_source, line_source_free};
const struct format_writer urls_writer = {endings, true, begin, add_bookmark, end};
