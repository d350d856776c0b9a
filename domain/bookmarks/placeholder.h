#ifndef DOMAIN_BOOKMARKS_PLACEHOLDER_H
#define DOMAIN_BOOKMARKS_PLACEHOLDER_H

#include "domain/bookmarks/bookmark.h"

/*
 * "{title}" in a text that is filled in for a bookmark: {id}, and of the fields (bookmark.h) those
 * that programs are shown, by their names. Anything else in braces is text.
 */

/* Bytes of a "{name}" at the beginning of a text, whatever it names; 0 if there is none. */
size_t placeholder_length(const char *text);

/* The first of a text that names no field; NULL if there is none. Lent. */
const char *placeholder_unknown(const char *text);

/* What stands in the place of the one at the beginning of a text. Yours to free. */
char *placeholder_fill(const char *text, const struct bookmark *bookmark);

#endif
