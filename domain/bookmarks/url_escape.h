#ifndef DOMAIN_BOOKMARKS_URL_ESCAPE_H
#define DOMAIN_BOOKMARKS_URL_ESCAPE_H

#include <stdbool.h>
#include <stddef.h>

#include "domain/base/buffer.h"

/*
 * Percent escapes made uniform (RFC 3986 sections 2 and 6.2.2): characters that no URI may hold,
 * and a "%" that begins no escape, are escaped; escapes of unreserved characters are decoded, the
 * others written in upper case. Doing it again changes nothing.
 */
void url_escape(const char *text, size_t length, struct buffer *out);

/* Whether a URI may hold a character as it is; "%" begins an escape and is none of these. */
bool url_may_hold(char c);

/* Decodes the escapes of unreserved characters and of all that is not ASCII, and keeps the rest. */
void url_unescape(const char *text, size_t length, struct buffer *out);

#endif
