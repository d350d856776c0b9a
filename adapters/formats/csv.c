#include "adapters/formats/formats.h"

#include <inttypes.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "adapters/formats/dates.h"
#include "adapters/formats/fields.h"
#include "adapters/formats/record.h"
#include "domain/base/memory.h"
#include "domain/base/timestamp.h"

#define ROW_MAX   (4u << 20) /* bytes */
#define CELLS_MAX 1000

struct csv_cell {
	size_t start; /* in the text of all cells */
	size_t length;
};

enum csv_step {
	CSV_ROW,
	CSV_DAMAGED, /* a row that cannot be used, with a reason: a quote that is never closed, too
			many cells, too long */
	CSV_END,
	CSV_FAILED /* it cannot be read: status and a reason */
};

/*
 * The rows of a CSV file (RFC 4180), one at a time. Quoted cells may hold anything; lines without
 * anything are passed over; the "'" that hides a formula is taken off. A quote that is never
 * closed damages its own line only: reading goes on with the next one.
 *
 * { .input = …, .separator = ',' } is ready once input_begin_text() was called.
 */
struct csv_rows {
	struct input *input;
	char separator;
	long line;          /* on which the present row begins */
	struct buffer text; /* read, from at on not yet taken */
	size_t at;
	const char *after; /* in text: where the present row ends */
	long lines;        /* that end before at */
	bool at_end;
	struct buffer cells; /* of the present row, a NUL behind each */
	struct csv_cell *list;
	size_t count;
	size_t capacity;
};

/* Whether a cell has, behind any number of "'", what a spreadsheet takes for a formula. */
static bool is_formula(const char *cell)
{
	while (*cell == '\'')
		cell++;
	return *cell && strchr("=+-@\t\r", *cell);
}

/* What was found of a row in the text that is there. */
enum found { FOUND_ROW, FOUND_PART, FOUND_TOO_MUCH };

static enum status read_more(struct csv_rows *rows, struct error *error)
{
	size_t left = rows->text.length - rows->at;
	bool more;
	enum status status;

	if (rows->at > 0) {
		memmove(rows->text.text, rows->text.text + rows->at, left);
		rows->text.length = left;
		rows->at = 0;
	}
	status = input_read_text(rows->input, &rows->text, &more, error);
	rows->at_end = !more;
	return status;
}

static bool begin_cell(struct csv_rows *rows)
{
	if (rows->count == CELLS_MAX)
		return false;
	rows->list = memory_grow(rows->list, rows->count, &rows->capacity, sizeof(*rows->list));
	rows->list[rows->count++] = (struct csv_cell){.start = rows->cells.length};
	return true;
}

/* Takes off the "'" that hides a formula from spreadsheets. */
static void end_cell(struct csv_rows *rows)
{
	struct csv_cell *cell = &rows->list[rows->count - 1];
	const char *text;

	buffer_add_char(&rows->cells, '\0');
	text = rows->cells.text + cell->start;
	if (text[0] == '\'' && is_formula(text))
		cell->start++;
	cell->length = rows->cells.length - 1 - cell->start;
}

static size_t csv_line_end(const char *text, const char *end)
{
	return end - text > 1 && text[0] == '\r' && text[1] == '\n' ? 2 : 1;
}

/* The text of a quoted cell, up to its closing quote; NULL if that is not there. */
static const char *take_quoted(struct csv_rows *rows, const char *at, const char *end)
{
	for (;;) {
		const char *quote = memchr(at, '"', (size_t)(end - at));

		if (!quote)
			return NULL;
		buffer_add(&rows->cells, at, (size_t)(quote - at));
		if (quote + 1 == end)
			return rows->at_end ? end : NULL;
		if (quote[1] != '"')
			return quote + 1;
		buffer_add_char(&rows->cells, '"');
		at = quote + 2;
	}
}

/* Parses one row; after is where the next one begins. It takes no byte before it has all. */
static enum found parse_row(struct csv_rows *rows)
{
	const char *at = rows->text.text + rows->at;
	const char *end = rows->text.text + rows->text.length;
	const char stops[] = {rows->separator, '\r', '\n', '\0'};

	buffer_clear(&rows->cells);
	rows->count = 0;
	for (;;) {
		const char *start;

		if (!begin_cell(rows))
			return FOUND_TOO_MUCH;
		if (at < end && *at == '"') {
			at = take_quoted(rows, at + 1, end);
			if (!at)
				return FOUND_PART;
		}
		start = at;
		while (at < end && (!*at || !strchr(stops, *at)))
			at++;
		buffer_add(&rows->cells, start, (size_t)(at - start));
		end_cell(rows);
		if (at == end || (at + 1 == end && *at == '\r')) {
			rows->after = end;
			return rows->at_end ? FOUND_ROW : FOUND_PART;
		}
		if (*at != rows->separator) {
			rows->after = at + csv_line_end(at, end);
			return FOUND_ROW;
		}
		at++;
	}
}

/* Moves on, and counts the lines on the way. */
static void move_to(struct csv_rows *rows, const char *after)
{
	const char *at = rows->text.text + rows->at;

	for (; at < after; at++)
		rows->lines += *at == '\n' || (*at == '\r' && (at + 1 == after || at[1] != '\n'));
	rows->at = (size_t)(after - rows->text.text);
}

/* To the next line, wherever the quotes are. */
static enum status skip_line(struct csv_rows *rows, struct error *error)
{
	for (;;) {
		const char *start = rows->text.text + rows->at;
		const char *end = rows->text.text + rows->text.length;
		const char *newline = memchr(start, '\n', (size_t)(end - start));
		enum status status;

		move_to(rows, newline ? newline + 1 : end);
		if (newline || rows->at_end)
			return STATUS_OK;
		status = read_more(rows, error);
		if (status != STATUS_OK)
			return status;
	}
}

static bool is_blank_line(const struct csv_rows *rows, const char *after)
{
	const char *start = rows->text.text + rows->at;

	return rows->count == 1 && rows->list[0].length == 0 && after - start <= 2 && *start != '"';
}

static enum csv_step fail_or(enum csv_step step, enum status status)
{
	return status == STATUS_OK ? step : CSV_FAILED;
}

static enum csv_step skip_damaged(
	struct csv_rows *rows, const char *why, enum status *status, struct error *error)
{
	struct error trouble = {0};

	*status = skip_line(rows, &trouble);
	if (*status == STATUS_OK)
		error_set(error, "%s", why);
	else
		*error = trouble;
	return fail_or(CSV_DAMAGED, *status);
}

static enum csv_step csv_rows_next(struct csv_rows *rows, enum status *status, struct error *error)
{
	*status = STATUS_OK;
	while (*status == STATUS_OK) {
		size_t left = rows->text.length - rows->at;
		enum found found = left ? parse_row(rows) : FOUND_PART;

		rows->line = rows->lines + 1;
		if (found == FOUND_ROW) {
			bool is_blank = is_blank_line(rows, rows->after);

			move_to(rows, rows->after);
			if (!is_blank)
				return CSV_ROW;
		} else if (found == FOUND_TOO_MUCH) {
			return skip_damaged(rows, "it has too many cells", status, error);
		} else if (left > ROW_MAX) {
			return skip_damaged(
				rows, "it is too long, or a quote is not closed", status, error);
		} else if (!rows->at_end) {
			*status = read_more(rows, error);
		} else if (left) {
			return skip_damaged(rows, "a quote is not closed", status, error);
		} else {
			return CSV_END;
		}
	}
	return CSV_FAILED;
}

static void csv_rows_finish(struct csv_rows *rows)
{
	buffer_finish(&rows->text);
	buffer_finish(&rows->cells);
	free(rows->list);
}

static char *csv_rows_cell(const struct csv_rows *rows, size_t index)
{
	return rows->cells.text + rows->list[index].start;
}

static size_t csv_rows_length(const struct csv_rows *rows, size_t index)
{
	return rows->list[index].length;
}

/* Excel is told by a first line "sep=;" what stands between cells: its length, 0 if it is none. */
static size_t csv_separator_line(const char *text)
{
	bool is_quoted = *text == '"';
	const char *end = text + is_quoted;

	if (strncasecmp(end, "sep=", 4) != 0 || !end[4] || strchr("\r\n\"", end[4]))
		return 0;
	end += 5;
	if (is_quoted && *end++ != '"')
		return 0;
	return *end == '\r' || *end == '\n' ? (size_t)(end - text) + csv_line_end(end, end + 2) : 0;
}

/* What the first line of a text has between its cells. */
static char csv_separator_of(const char *text)
{
	static const char separators[] = {',', ';', '\t'};
	size_t length = strcspn(text, "\r\n");
	char best = ',';
	size_t most = 0;

	if (csv_separator_line(text))
		return strchr(text, '=')[1];
	for (size_t i = 0; i < sizeof(separators); i++) {
		size_t count = 0;

		for (size_t at = 0; at < length; at++)
			count += text[at] == separators[i];
		if (count > most) {
			most = count;
			best = separators[i];
		}
	}
	return best;
}

struct column {
	enum field field; /* FIELD_UNKNOWN: passed over, unless it is barky's own */
	enum loss loss;
	const struct bookmark_field *own; /* NULL: it is none of these */
};

struct csv_source {
	struct bookmark_source source; /* first, so that a source is one of these */
	struct csv_rows rows;
	struct column *columns;
	size_t column_count;
	enum tag_style tag_style;
	struct record record;
};

static void take_cell(
	struct csv_source *source, const struct column *column, const char *cell, size_t length)
{
	struct record *record = &source->record;

	switch (column->field) {
	case FIELD_URL: buffer_add(&record->url, cell, length); break;
	case FIELD_TITLE: buffer_add(&record->title, cell, length); break;
	case FIELD_NOTES: record_add_notes(record, cell, length); break;
	case FIELD_TAGS: record_add_tags(record, cell, source->tag_style); break;
	case FIELD_FOLDER: record_add_path(record, cell); break;
	case FIELD_ADDED: record->bookmark.added = date_of_text(cell); break;
	case FIELD_MODIFIED: record->bookmark.modified = date_of_text(cell); break;
	case FIELD_SOURCE: record_set_origin(record, cell); break;
	case FIELD_LOST:
		if (loss_is_said(cell))
			record_lose(record, column->loss);
		break;
	case FIELD_UNKNOWN:
		if (column->own)
			record_set_own(record, column->own, cell);
		break;
	case FIELD_COUNT: break;
	}
}

/* Spreadsheets put commas behind a row up to the widest one: empty cells are none. */
static size_t count_cells(const struct csv_rows *rows, size_t columns)
{
	size_t count = rows->count;

	while (count > columns && csv_rows_length(rows, count - 1) == 0)
		count--;
	return count;
}

static enum source_step take_row(
	struct csv_source *source, struct found_bookmark *found, struct error *error)
{
	const struct csv_rows *rows = &source->rows;
	size_t count = count_cells(rows, source->column_count);

	record_clear(&source->record);
	source->record.place = rows->line;
	if (count > source->column_count) {
		error_set(
			error, "it has %zu cells, the header has %zu", count, source->column_count);
		return record_skip(rows->line, found);
	}
	for (size_t i = 0; i < count; i++)
		take_cell(source, &source->columns[i], csv_rows_cell(rows, i),
			csv_rows_length(rows, i));
	return record_yield(&source->record, found, error);
}

static enum source_step csv_next(
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

static void csv_close(struct bookmark_source *base)
{
	struct csv_source *source = (struct csv_source *)base;

	csv_rows_finish(&source->rows);
	record_finish(&source->record);
	free(source->columns);
	free(source);
}

/* Of two columns with names of one field the one with the better name counts. */
static void choose_columns(struct csv_source *source)
{
	static const enum field single[] = {
		FIELD_URL, FIELD_TITLE, FIELD_ADDED, FIELD_MODIFIED, FIELD_FOLDER};
	const struct csv_rows *rows = &source->rows;
	int best[FIELD_COUNT];
	size_t chosen[FIELD_COUNT] = {0};

	for (size_t i = 0; i < FIELD_COUNT; i++)
		best[i] = INT_MAX;
	for (size_t i = 0; i < rows->count; i++) {
		const char *heading = csv_rows_cell(rows, i);
		const struct field_name *name = field_find(heading, strlen(heading));

		source->columns[i].own = field_find_own(heading);
		if (!name)
			continue;
		source->columns[i].field = name->field;
		source->columns[i].loss = name->field == FIELD_LOST ? (enum loss)name->rank : 0;
		if (name->rank < best[name->field]) {
			best[name->field] = name->rank;
			chosen[name->field] = i;
		}
	}
	for (size_t i = 0; i < rows->count; i++)
		for (size_t s = 0; s < sizeof(single) / sizeof(single[0]); s++)
			if (source->columns[i].field == single[s] && chosen[single[s]] != i)
				source->columns[i].field = FIELD_UNKNOWN;
}

static bool has_heading(const struct csv_rows *rows, const char *name)
{
	for (size_t i = 0; i < rows->count; i++)
		if (strcasecmp(csv_rows_cell(rows, i), name) == 0)
			return true;
	return false;
}

/* How this file writes its tags, as its other columns tell. */
static enum tag_style tag_style_of(const struct csv_source *source)
{
	const struct csv_rows *rows = &source->rows;

	for (size_t i = 0; i < rows->count; i++)
		if (source->columns[i].own)
			return TAGS_BY_COMMAS; /* barky's own, where a tag may be "[a]" */
	if (has_heading(rows, "time_added") && has_heading(rows, "status"))
		return TAGS_BY_BARS; /* Pocket */
	if (has_heading(rows, "manual tags"))
		return TAGS_BY_SEMICOLONS; /* Zotero */
	return TAGS_LISTED;
}

/* The header is a row that names an address; without one it is no table of bookmarks. */
static bool read_header(struct csv_source *source, enum status *status, struct error *error)
{
	struct csv_rows *rows = &source->rows;
	enum csv_step step = csv_rows_next(rows, status, error);

	if (step == CSV_ROW && csv_separator_line(rows->input->text_head))
		step = csv_rows_next(rows, status, error);
	if (step != CSV_ROW) {
		if (*status == STATUS_OK)
			*status = STATUS_INVALID;
		error_set_default(error, "it has no header row");
		return false;
	}
	source->column_count = rows->count;
	source->columns = memory_array(rows->count, sizeof(*source->columns));
	choose_columns(source);
	source->tag_style = tag_style_of(source);
	for (size_t i = 0; i < rows->count; i++)
		if (source->columns[i].field == FIELD_URL)
			return true;
	*status = STATUS_INVALID;
	error_set(error, "its header names no \"url\"");
	return false;
}

static struct bookmark_source *csv_open(const struct format_reader *reader, struct input *input,
	enum status *status, struct error *error)
{
	struct csv_source *source;

	(void)reader;
	*status = input_begin_text(input, INPUT_GUESSED, error);
	if (*status != STATUS_OK)
		return NULL;
	source = memory_new(sizeof(*source));
	source->source.next = csv_next;
	source->record.lost_counts = input->lost;
	source->rows.input = input;
	source->rows.separator = csv_separator_of(input->text_head);
	if (read_header(source, status, error))
		return &source->source;
	csv_close(&source->source);
	return NULL;
}

/* Whether the first line has a heading of each field, as bits. */
static unsigned fields_headed(const char *line, char separator)
{
	const char *end = line + strcspn(line, "\r\n");
	unsigned fields = 0;

	while (line <= end) {
		const char *cell = line;
		const struct field_name *name;

		while (line < end && *line != separator)
			line++;
		name = field_find(cell, (size_t)(line - cell));
		fields |= name ? 1u << name->field : 0;
		line++;
	}
	return fields;
}

static int csv_detect(const struct format_reader *reader, struct input *input)
{
	const char *text = input->text_head;
	char separator = csv_separator_of(text);
	unsigned fields = fields_headed(text + csv_separator_line(text), separator);

	(void)reader;
	if (!(fields & 1u << FIELD_URL))
		return 0;
	return fields & (1u << FIELD_TITLE | 1u << FIELD_ADDED) ? DETECTED_CERTAINLY - 1
								: DETECTED_LIKELY;
}

const struct format_reader csv_reader = {csv_detect, csv_open, csv_close, NULL};

static void add_cell(struct buffer *out, const char *cell)
{
	buffer_add_char(out, '"');
	if (is_formula(cell))
		buffer_add_char(out, '\'');
	for (;;) {
		size_t length = strcspn(cell, "\"");

		buffer_add(out, cell, length);
		cell += length;
		if (!*cell)
			break;
		buffer_add_string(out, "\"\"");
		cell++;
	}
	buffer_add_char(out, '"');
}

static void add_next_cell(struct buffer *out, const char *cell)
{
	buffer_add_char(out, ',');
	add_cell(out, cell);
}

static void add_timestamp(struct buffer *out, int64_t seconds)
{
	char text[TIMESTAMP_SIZE];

	timestamp_print(seconds, text);
	add_next_cell(out, text);
}

static void csv_begin(struct buffer *out)
{
	add_cell(out, "id");
	for (size_t i = 0; i < BOOKMARK_FIELDS; i++)
		if (bookmark_fields[i].is_shown)
			add_next_cell(out, bookmark_fields[i].name);
	buffer_add_string(out, "\r\n");
}

static void add_tags_cell(struct buffer *out, const struct tag_set *tags)
{
	char *list = tag_set_join(tags);

	add_next_cell(out, list);
	free(list);
}

static void add_field_cell(
	struct buffer *out, enum bookmark_field_type type, union bookmark_value value)
{
	switch (type) {
	case BOOKMARK_TEXT: add_next_cell(out, value.text); break;
	case BOOKMARK_TAGS: add_tags_cell(out, value.tags); break;
	case BOOKMARK_TIME: add_timestamp(out, value.time); break;
	case BOOKMARK_FLAG: add_next_cell(out, value.flag ? "true" : "false"); break;
	}
}

static void csv_bookmark(struct buffer *out, const struct bookmark *bookmark, size_t number)
{
	(void)number;
	buffer_print(out, "\"%" PRId64 "\"", bookmark->id);
	for (size_t i = 0; i < BOOKMARK_FIELDS; i++)
		if (bookmark_fields[i].is_shown)
			add_field_cell(out, bookmark_fields[i].type,
				bookmark_field_value(&bookmark_fields[i], bookmark));
	buffer_add_string(out, "\r\n");
}

static const char *const csv_endings[] = {".csv", NULL};

const struct format_writer csv_writer = {csv_endings, false, csv_begin, csv_bookmark, NULL};
