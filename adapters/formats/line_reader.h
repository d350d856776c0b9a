#ifndef ADAPTERS_FORMATS_LINE_READER_H
#define ADAPTERS_FORMATS_LINE_READER_H

#include <stdbool.h>
#include <stddef.h>

#include "adapters/formats/formats.h"
#include "adapters/formats/record.h"

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

/*
 * A source of a format that is read a line at a time. One that has to remember more begins with
 * it, and frees what it added before line_source_free().
 */
struct line_source {
	struct bookmark_source source; /* first, so that a source is one of these */
	struct line_reader lines;
	struct record record; /* what is being read */
};

typedef enum source_step (*line_source_fn)(
	struct bookmark_source *source, struct found_bookmark *found, struct error *error);

/* The variant of a reader whose source is such a one, opened by line_source_open(). */
struct line_format {
	size_t size; /* of its own struct, which is zero behind the line_source */
	line_source_fn next;
};

struct bookmark_source *line_source_open(const struct format_reader *reader, struct input *input,
	enum status *status, struct error *error);
void line_source_free(struct bookmark_source *source);

/* Lines of a text that are an item of a list ("-", "*", "+", "1.") and go on with a mark. */
size_t list_items_with(const char *text, const char *mark);

#endif
