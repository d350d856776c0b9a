#ifndef ADAPTERS_CLI_BOOKMARK_PRINTER_H
#define ADAPTERS_CLI_BOOKMARK_PRINTER_H

#include "adapters/cli/cli_command.h"
#include "adapters/cli/command_line.h"
#include "adapters/cli/output.h"
#include "domain/bookmarks/bookmark.h"
#include "domain/search/query.h"

/*
 * Bookmarks on standard output, in the form that the options ask for: lines or cards for people,
 * JSON, JSON lines, tab-separated values, or a format of the user's.
 */
enum bookmark_layout { LAYOUT_LINES, LAYOUT_CARDS };

/* The options of every command that prints bookmarks, for its list. */
#define BOOKMARK_PRINTER_OPTIONS OPTION_JSON, OPTION_JSONL, OPTION_TSV, OPTION_FORMAT

struct bookmark_printer;

/*
 * NULL, with a reason, if more than one form is asked for or --format cannot be read. query is
 * what lines are marked by; it may be NULL, and is lent until the end.
 */
struct bookmark_printer *bookmark_printer_new(struct output *output,
	const struct command_line *line, enum bookmark_layout layout, const struct query *query,
	struct error *error);

/* A bookmark_visit_fn; self is the printer. False: standard output takes no more, stop. */
bool bookmark_printer_print(void *self, const struct bookmark *bookmark);

size_t bookmark_printer_count(const struct bookmark_printer *printer);

/* Prints what is still held back, closes the array; frees it. */
void bookmark_printer_finish(struct bookmark_printer *printer);

/* Frees it, and prints nothing more: of what failed, half an array would be a lie. */
void bookmark_printer_cancel(struct bookmark_printer *printer);

#endif
