#ifndef ADAPTERS_FORMATS_CSV_ROWS_H
#define ADAPTERS_FORMATS_CSV_ROWS_H

#include <stdbool.h>
#include <stddef.h>

#include "adapters/files/input.h"

#define CSV_ROW_MAX   (4u << 20) /* bytes */
#define CSV_CELLS_MAX 1000

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

enum csv_step csv_rows_next(struct csv_rows *rows, enum status *status, struct error *error);
void csv_rows_finish(struct csv_rows *rows);

char *csv_rows_cell(const struct csv_rows *rows, size_t index); /* lent; may be changed */
size_t csv_rows_length(const struct csv_rows *rows, size_t index);

/* What the first line of a text has between its cells: ',', ';' or TAB. */
char csv_separator_of(const char *text);

#endif
