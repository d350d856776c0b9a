#ifndef ADAPTERS_FORMATS_WRITER_H
#define ADAPTERS_FORMATS_WRITER_H

#include <stdbool.h>
#include <stddef.h>

#include "domain/bookmarks/bookmark.h"
#include "domain/base/buffer.h"

/*
 * How a format goes out: each adds its text to a buffer that the caller empties in between, so
 * that memory stays flat. number counts the bookmarks from 0; end() is told how many there were.
 */
struct format_writer {
	const char *const *endings; /* of file names: ".html"; NULL ends them */
	bool is_for_people;         /* who would have the newest first */
	void (*begin)(struct buffer *out);
	void (*bookmark)(struct buffer *out, const struct bookmark *bookmark, size_t number);
	void (*end)(struct buffer *out, size_t count);
};

#endif
