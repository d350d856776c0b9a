#ifndef ADAPTERS_HTML_HTML_REFERENCES_H
#define ADAPTERS_HTML_HTML_REFERENCES_H

#include <stddef.h>

#include "domain/base/buffer.h"

/* No reference is longer. */
#define HTML_REFERENCE_MAX 40

/*
 * Adds the character that a reference at "&" stands for: by its number or by a name of HTML 4,
 * whose ";" has to be there (WHATWG HTML, 13.2.5.72–80): what is no character becomes U+FFFD, and
 * 128–159 what they were meant to be in Windows-1252. Returns its length; 0 if it is none.
 */
size_t html_reference_decode(const char *at, const char *end, struct buffer *out);

#endif
