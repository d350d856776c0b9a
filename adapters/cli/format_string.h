#ifndef ADAPTERS_CLI_FORMAT_STRING_H
#define ADAPTERS_CLI_FORMAT_STRING_H

#include "adapters/cli/output.h"
#include "domain/bookmarks/bookmark.h"
#include "domain/base/error.h"
#include "domain/base/status.h"

/*
 * The string of --format: {id} {url} {title} {notes} {tags} {date_added} {date_modified} {source}
 * are a bookmark's, made safe to print; \t, \n and \\ are what they are in C; everything else
 * stands for itself, a "{" without a name behind it too. A line break ends each unless the string
 * ends with one already.
 */

/* INVALID if it names a field that there is not. */
enum status format_string_check(const char *format, struct error *error);

void format_string_print(
	struct output *output, const char *format, const struct bookmark *bookmark);

#endif
