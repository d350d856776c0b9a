#ifndef ADAPTERS_FILES_CHARSET_H
#define ADAPTERS_FILES_CHARSET_H

#include <stdbool.h>
#include <stddef.h>

#include "domain/base/buffer.h"

/*
 * Charsets by the names that browsers know (WHATWG Encoding, "Names and labels"), for files and
 * pages alike. A charset is one of the standard's names ("windows-1254"), lent for good, which
 * decoder_new() takes; NULL is none.
 */

/* Of a label as files, pages and servers write it: any case, blanks around it. */
const char *charset_of_label(const char *label, size_t length);

/* Of a Content-Type header: "text/html; charset=utf-8". NULL is allowed. */
const char *charset_of_content_type(const char *content_type);

/* Of a byte order mark, whose length is set: 0 if there is none. */
const char *charset_of_mark(const char *bytes, size_t length, size_t *mark_length);

/*
 * Of a <meta> or an XML declaration in the beginning of a page, as a browser looks for them before
 * it reads (WHATWG HTML, 13.2.3.2). What can say so in ASCII is not UTF-16: then it is UTF-8.
 */
const char *charset_declared(const char *text, size_t length);

/*
 * Bytes in some charset made UTF-8, a piece at a time (iconv). Where a piece cuts a character, the
 * rest of it waits for the next one.
 */
struct decoder;

/*
 * A charset by one of the names above or of iconv's. "UTF-8" passes bytes through. With mend, bad
 * bytes and NULs become U+FFFD. NULL: iconv does not know it.
 */
struct decoder *decoder_new(const char *charset, bool mend);
void decoder_free(struct decoder *decoder);

/* Adds what the bytes mean to out. At the end, last says that nothing follows. */
void decoder_add(
	struct decoder *decoder, const char *bytes, size_t length, bool last, struct buffer *out);

#endif
