#ifndef ADAPTERS_FORMATS_LINE_SOURCE_H
#define ADAPTERS_FORMATS_LINE_SOURCE_H

#include "adapters/formats/line_reader.h"
#include "adapters/formats/reader.h"
#include "adapters/formats/record.h"

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

/* size is of the format's own struct; the rest of it is zero. input_begin_text() was called. */
struct bookmark_source *line_source_new(size_t size, struct input *input, line_source_fn next);
void line_source_free(struct bookmark_source *source);

#endif
