#ifndef ADAPTERS_FILES_DECODER_H
#define ADAPTERS_FILES_DECODER_H

#include <stdbool.h>
#include <stddef.h>

#include "domain/base/buffer.h"

/*
 * Bytes in some charset made UTF-8, a piece at a time (iconv). Where a piece cuts a character, the
 * rest of it waits for the next one.
 */
struct decoder;

/* "UTF-8" passes bytes through. With mend, bad bytes and NULs become U+FFFD; NULL: no such charset.
 */
struct decoder *decoder_new(const char *charset, bool mend);
void decoder_free(struct decoder *decoder);

/* Adds what the bytes mean to out. At the end, last says that nothing follows. */
void decoder_add(
	struct decoder *decoder, const char *bytes, size_t length, bool last, struct buffer *out);

/* The charset that a byte order mark gives away, and its length; NULL if there is no mark. */
const char *decoder_charset_of_mark(const char *bytes, size_t length, size_t *mark_length);

#endif
