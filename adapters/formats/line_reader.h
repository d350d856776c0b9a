#ifndef ADAPTERS_FORMATS_LINE_READER_H
#define ADAPTERS_FORMATS_LINE_READER_H

#include <stdbool.h>
#include <stddef.h>

#include "adapters/files/input.h"

/* No line is longer: what is beyond is dropped and is_cut set. */
#define LINE_MAX_LENGTH (16u << 20)

/*
 * The text of an input a line at a time; lines end with LF, CR LF or CR. { .input = … } is ready
 * once input_begin_text() was called; line_reader_finish() frees what it holds.
 */
struct line_reader {
	struct input *input;
	struct buffer line; /* the present one, without its end */
	long number;        /* of it, from 1 */
	bool is_cut;
	struct buffer text; /* read, from at on not yet handed out */
	size_t at;
	bool at_end;
};

/* *there is false at the end. */
enum status line_reader_next(struct line_reader *reader, bool *there, struct error *error);
void line_reader_finish(struct line_reader *reader);

#endif
