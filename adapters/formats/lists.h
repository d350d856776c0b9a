#ifndef ADAPTERS_FORMATS_LISTS_H
#define ADAPTERS_FORMATS_LISTS_H

#include "adapters/formats/reader.h"
#include "adapters/formats/writer.h"

/*
 * Lists for people, read a line at a time.
 *
 * markdown (CommonMark): "- [title](<url>) `tag` `another tag`"; also any other link in a line,
 * an address in angle brackets, "#tag" and buku's "<!-- TAGS: a,b -->" behind it.
 * org (Org 9): "* [[url][title]] :tag:", with a property drawer for what a headline cannot hold.
 * urls: one address a line; what begins with "#" is a comment.
 */
/* Lines of a text that are an item of a list ("-", "*", "+", "1.") and go on with a mark. */
size_t list_items_with(const char *text, const char *mark);

extern const struct format_reader markdown_reader;
extern const struct format_reader org_reader;
extern const struct format_reader urls_reader;
extern const struct format_writer markdown_writer;
extern const struct format_writer org_writer;
extern const struct format_writer urls_writer;

#endif
