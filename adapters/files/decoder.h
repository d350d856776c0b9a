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

/*
 * A charset by its name (adapters/files/charset.h) or by one of iconv's. "UTF-8" passes bytes
 * through. With mend, bad bytes and NULs become U+FFFD. NULL: iconv does not know it.
 */
struct decoder *decoder_new(const char *charset, bool mend);
void decoder_free(struct decoder *decoder);

/* Adds what the bytes mean to out. At the end, last says that nothing follows. */
void decoder_add(
	struct decoder *decoder, const char *bytes, size_t length, bool last, struct buffer *out);

#endif
