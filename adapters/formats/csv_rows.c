#include "adapters/formats/csv_rows.h"

#include <stdlib.h>
#include <string.h>

#include "adapters/formats/csv.h"
#include "domain/base/memory.h"

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
	if (rows->count == CSV_CELLS_MAX)
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
	if (text[0] == '\'' && csv_is_formula(text))
		cell->start++;
	cell->length = rows->cells.length - 1 - cell->start;
}

static size_t line_end(const char *text, const char *end)
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
static enum found take_row(struct csv_rows *rows)
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
			rows->after = at + line_end(at, end);
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

enum csv_step csv_rows_next(struct csv_rows *rows, enum status *status, struct error *error)
{
	*status = STATUS_OK;
	while (*status == STATUS_OK) {
		size_t left = rows->text.length - rows->at;
		enum found found = left ? take_row(rows) : FOUND_PART;

		rows->line = rows->lines + 1;
		if (found == FOUND_ROW) {
			bool is_blank = is_blank_line(rows, rows->after);

			move_to(rows, rows->after);
			if (!is_blank)
				return CSV_ROW;
		} else if (found == FOUND_TOO_MUCH) {
			return skip_damaged(rows, "it has too many cells", status, error);
		} else if (left > CSV_ROW_MAX) {
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

void csv_rows_finish(struct csv_rows *rows)
{
	buffer_finish(&rows->text);
	buffer_finish(&rows->cells);
	free(rows->list);
}

char *csv_rows_cell(const struct csv_rows *rows, size_t index)
{
	return rows->cells.text + rows->list[index].start;
}

size_t csv_rows_length(const struct csv_rows *rows, size_t index)
{
	return rows->list[index].length;
}

char csv_separator_of(const char *text)
{
	static const char separators[] = {',', ';', '\t'};
	size_t length = strcspn(text, "\r\n");
	char best = ',';
	size_t most = 0;

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
