#include "adapters/formats/csv.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "adapters/formats/csv_rows.h"
#include "adapters/formats/dates.h"
#include "adapters/formats/record.h"
#include "domain/base/memory.h"

/* What a column holds. */
enum column {
	COLUMN_OTHER,
	COLUMN_URL,
	COLUMN_TITLE,
	COLUMN_NOTES,
	COLUMN_TAGS,
	COLUMN_PIPED_TAGS,  /* "a|b" */
	COLUMN_LISTED_TAGS, /* ["a","b"] */
	COLUMN_FOLDER,      /* "a/b" */
	COLUMN_ADDED,
	COLUMN_MODIFIED,
	COLUMN_SOURCE,
	COLUMN_UNSTARRED
};

struct heading {
	const char *name;
	enum column column;
};

/*
 * barky's; Pocket (title,url,time_added,tags,status); Instapaper (URL,Title,Selection,Folder,
 * Timestamp,Tags); Raindrop (id,title,note,excerpt,url,folder,tags,created,cover,…); and what
 * others call the same.
 */
static const struct heading headings[] = {
	{"url", COLUMN_URL},
	{"uri", COLUMN_URL},
	{"link", COLUMN_URL},
	{"href", COLUMN_URL},
	{"address", COLUMN_URL},
	{"title", COLUMN_TITLE},
	{"name", COLUMN_TITLE},
	{"notes", COLUMN_NOTES},
	{"note", COLUMN_NOTES},
	{"description", COLUMN_NOTES},
	{"excerpt", COLUMN_NOTES},
	{"selection", COLUMN_NOTES},
	{"comment", COLUMN_NOTES},
	{"tags", COLUMN_TAGS},
	{"tag", COLUMN_TAGS},
	{"labels", COLUMN_TAGS},
	{"folder", COLUMN_FOLDER},
	{"date_added", COLUMN_ADDED},
	{"time_added", COLUMN_ADDED},
	{"timestamp", COLUMN_ADDED},
	{"created", COLUMN_ADDED},
	{"created_at", COLUMN_ADDED},
	{"date", COLUMN_ADDED},
	{"added", COLUMN_ADDED},
	{"date_modified", COLUMN_MODIFIED},
	{"modified", COLUMN_MODIFIED},
	{"updated", COLUMN_MODIFIED},
	{"updated_at", COLUMN_MODIFIED},
	{"source", COLUMN_SOURCE},
	{"unstarred", COLUMN_UNSTARRED},
};

struct csv_source {
	struct bookmark_source source; /* first, so that a source is one of these */
	struct csv_rows rows;
	enum column *columns;
	size_t column_count;
	struct record record;
};

static enum column column_of(const char *name)
{
	for (size_t i = 0; i < sizeof(headings) / sizeof(headings[0]); i++)
		if (strcasecmp(headings[i].name, name) == 0)
			return headings[i].column;
	return COLUMN_OTHER;
}

static bool has_heading(const struct csv_rows *rows, const char *name)
{
	for (size_t i = 0; i < rows->count; i++)
		if (strcasecmp(csv_rows_cell(rows, i), name) == 0)
			return true;
	return false;
}

/* Instapaper's and Raindrop's folders where there are none. */
static bool is_no_folder(const char *name)
{
	return strcasecmp(name, "Unread") == 0 || strcasecmp(name, "Archive") == 0 ||
	       strcasecmp(name, "Unsorted") == 0 || strcasecmp(name, "Starred") == 0;
}

static void add_folders(struct record *record, char *path)
{
	char *rest = path, *name;

	while ((name = strsep(&rest, "/")))
		if (!is_no_folder(name))
			record_add_folder(record, name);
}

static void add_piped(struct record *record, char *list)
{
	for (char *bar = list; *bar; bar++)
		if (*bar == '|')
			*bar = ',';
	record_add_folder(record, list);
}

static void add_listed(struct record *record, char *list)
{
	for (char *mark = list; *mark; mark++)
		if (strchr("[]\"", *mark))
			*mark = ' ';
	record_add_folder(record, list);
}

static void add_to(struct buffer *field, const char *text, size_t length)
{
	if (length && field->length)
		buffer_add(field, "\n\n", 2);
	buffer_add(field, text, length);
}

static void take_cell(struct record *record, enum column column, char *cell, size_t length)
{
	switch (column) {
	case COLUMN_URL: buffer_add(&record->url, cell, length); break;
	case COLUMN_TITLE: buffer_add(&record->title, cell, length); break;
	case COLUMN_NOTES: add_to(&record->notes, cell, length); break;
	case COLUMN_TAGS: record_add_folder(record, cell); break;
	case COLUMN_LISTED_TAGS: add_listed(record, cell); break;
	case COLUMN_PIPED_TAGS: add_piped(record, cell); break;
	case COLUMN_FOLDER: add_folders(record, cell); break;
	case COLUMN_ADDED: record->added = date_of_text(cell); break;
	case COLUMN_MODIFIED: record->modified = date_of_text(cell); break;
	case COLUMN_SOURCE: record_set_origin(record, cell); break;
	case COLUMN_UNSTARRED: record->unstarred = strcmp(cell, "true") == 0; break;
	case COLUMN_OTHER: break;
	}
}

static enum source_step take_row(
	struct csv_source *source, struct found_bookmark *found, struct error *error)
{
	const struct csv_rows *rows = &source->rows;

	record_clear(&source->record);
	source->record.place = rows->line;
	if (rows->count > source->column_count) {
		error_set(error, "it has %zu cells, the header has %zu", rows->count,
			source->column_count);
		return record_skip(rows->line, found);
	}
	for (size_t i = 0; i < rows->count; i++)
		take_cell(&source->record, source->columns[i], csv_rows_cell(rows, i),
			csv_rows_length(rows, i));
	return record_yield(&source->record, found, error);
}

static enum source_step next(
	struct bookmark_source *base, struct found_bookmark *found, struct error *error)
{
	struct csv_source *source = (struct csv_source *)base;

	for (;;) {
		enum source_step step = SOURCE_SKIPPED;

		switch (csv_rows_next(&source->rows, &base->status, error)) {
		case CSV_ROW: step = take_row(source, found, error); break;
		case CSV_DAMAGED: return record_skip(source->rows.line, found);
		case CSV_END: return SOURCE_END;
		case CSV_FAILED: return SOURCE_FAILED;
		}
		if (step != SOURCE_BOOKMARK || !record_is_query(&source->record))
			return step;
	}
}

static void close_source(struct bookmark_source *base)
{
	struct csv_source *source = (struct csv_source *)base;

	csv_rows_finish(&source->rows);
	record_finish(&source->record);
	free(source->columns);
	free(source);
}

/* How this file writes its tags, as its other columns tell. */
static enum column kind_of_tags(const struct csv_rows *rows)
{
	if (has_heading(rows, "time_added") && has_heading(rows, "status"))
		return COLUMN_PIPED_TAGS;
	if (has_heading(rows, "selection") && has_heading(rows, "timestamp"))
		return COLUMN_LISTED_TAGS;
	return COLUMN_TAGS;
}

/* The header is a row that names an address; without one it is no table of bookmarks. */
static bool read_header(struct csv_source *source, enum status *status, struct error *error)
{
	struct csv_rows *rows = &source->rows;
	bool has_url = false;

	if (csv_rows_next(rows, status, error) != CSV_ROW) {
		if (*status == STATUS_OK)
			*status = STATUS_INVALID;
		error_set_default(error, "it has no header row");
		return false;
	}
	source->column_count = rows->count;
	source->columns = memory_array(rows->count, sizeof(*source->columns));
	for (size_t i = 0; i < rows->count; i++) {
		enum column column = column_of(csv_rows_cell(rows, i));

		if (column == COLUMN_TAGS)
			column = kind_of_tags(rows);
		source->columns[i] = column == COLUMN_URL && has_url ? COLUMN_OTHER : column;
		has_url |= column == COLUMN_URL;
	}
	if (has_url)
		return true;
	*status = STATUS_INVALID;
	error_set(error, "its header names no \"url\"");
	return false;
}

static struct bookmark_source *open_source(
	struct input *input, enum status *status, struct error *error)
{
	struct csv_source *source;

	*status = input_begin_text(input, INPUT_GUESSED, error);
	if (*status != STATUS_OK)
		return NULL;
	source = memory_new(sizeof(*source));
	source->source.next = next;
	source->rows.input = input;
	source->rows.separator = csv_separator_of(input->text_head);
	if (read_header(source, status, error))
		return &source->source;
	close_source(&source->source);
	return NULL;
}

static bool is_name(const char *text, size_t length, const char *name)
{
	return length == strlen(name) && strncasecmp(text, name, length) == 0;
}

/* Whether one of the cells of the first line is a heading of this column. */
static bool heads(const char *line, char separator, enum column column)
{
	const char *end = line + strcspn(line, "\r\n");

	while (line <= end) {
		const char *cell = line;
		size_t length;

		while (line < end && *line != separator)
			line++;
		length = (size_t)(line - cell);
		line++;
		if (length > 1 && cell[0] == '"' && cell[length - 1] == '"') {
			cell++;
			length -= 2;
		}
		for (size_t i = 0; i < sizeof(headings) / sizeof(headings[0]); i++)
			if (headings[i].column == column && is_name(cell, length, headings[i].name))
				return true;
	}
	return false;
}

static int likeness(const struct input *input)
{
	const char *text = input->text_head;
	char separator = csv_separator_of(text);

	if (!heads(text, separator, COLUMN_URL))
		return 0;
	if (heads(text, separator, COLUMN_TITLE) || heads(text, separator, COLUMN_ADDED))
		return LIKENESS_CERTAIN - 1;
	return LIKENESS_GOOD;
}

const struct format_reader csv_reader = {likeness, open_source, close_source};
