#ifndef ADAPTERS_SQLITE_CHANGE_IMAGE_TEXT_H
#define ADAPTERS_SQLITE_CHANGE_IMAGE_TEXT_H

#include "domain/bookmarks/bookmark.h"

/*
 * How the journal keeps what a bookmark was: a text of fields, each a letter, the length of its
 * value, a colon and the value ("t5:helloa10:1700000000"). Of an edit only the fields that differ
 * are kept, on both sides.
 */
char *change_image_print(const struct bookmark *bookmark); /* every field but the id */

/* Those fields of a bookmark that another one has otherwise. The caller frees both. */
char *change_image_print_difference(const struct bookmark *bookmark, const struct bookmark *other);

/* Puts the fields of a text into a bookmark; what cannot be read is passed over. */
void change_image_read(const char *text, struct bookmark *bookmark);

#endif
