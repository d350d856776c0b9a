#include "adapters/formats/formats.h"

#include <string.h>
#include <strings.h>
#include <stdlib.h>

#include "adapters/formats/line_reader.h"
#include "domain/base/memory.h"
#include "domain/base/text.h"

/*
 * A file that is one link: Windows' Internet shortcut (".url") and the desktops' (".desktop" with
 * Type=Link, https://specifications.freedesktop.org/desktop-entry-spec), both a section of keys and
 * values. Without a name of its own the link is called as the file is.
 */
struct shortcut_source {
	struct line_source base; /* first, so that a source is one of these */
	bool in_section;
	bool is_over;
};

static bool is_section(const char *line)
{
	return strcasecmp(line, "[InternetShortcut]") == 0 ||
	       strcasecmp(line, "[Desktop Entry]") == 0;
}

static const char *value_of(const char *line, const char *key)
{
	size_t length = strlen(key);

	if (strncasecmp(line, key, length) != 0)
		return NULL;
	line += length + strspn(line + length, " \t");
	return *line == '=' ? line + 1 + strspn(line + 1, " \t") : NULL;
}

static void take_line(struct shortcut_source *source, char *line)
{
	struct record *record = &source->base.record;
	const char *url, *name;

	text_trim(line);
	if (*line == '[')
		source->in_section = is_section(line);
	if (!source->in_section)
		return;
	url = value_of(line, "URL");
	name = value_of(line, "Name");
	if (url && !record->url.length) {
		buffer_add_string(&record->url, url);
		record->place = source->base.lines.number;
	}
	if (name && !record->title.length)
		buffer_add_string(&record->title, name);
}

static void name_after_file(struct record *record, const struct input *input)
{
	char *title;

	if (record->title.length)
		return;
	title = input_title(input);
	buffer_add_string(&record->title, title);
	free(title);
}

static enum source_step shortcut_next(
	struct bookmark_source *base, struct found_bookmark *found, struct error *error)
{
	struct shortcut_source *source = (struct shortcut_source *)base;
	struct line_reader *lines = &source->base.lines;
	bool there = true;

	if (source->is_over)
		return SOURCE_END;
	record_clear(&source->base.record);
	while (there) {
		base->status = line_reader_next(lines, &there, error);
		if (base->status != STATUS_OK)
			return SOURCE_FAILED;
		if (there && !lines->is_cut)
			take_line(source, lines->line.text);
	}
	source->is_over = true;
	name_after_file(&source->base.record, lines->input);
	return record_yield(&source->base.record, found, error);
}

static int shortcut_detect(const struct format_reader *reader, struct input *input)
{
	static const char *const sections[] = {"[InternetShortcut]", "[Desktop Entry]"};

	(void)reader;
	for (size_t i = 0; i < sizeof(sections) / sizeof(sections[0]); i++) {
		const char *section = strcasestr(input->text_head, sections[i]);

		if (section && (section == input->text_head || section[-1] == '\n') &&
			strcasestr(section, "\nURL"))
			return DETECTED_CERTAINLY - 1;
	}
	return 0;
}

static const struct line_format shortcut_lines = {sizeof(struct shortcut_source), shortcut_next};

const struct format_reader shortcut_reader = {
	shortcut_detect, line_source_open, line_source_free, &shortcut_lines};
