#ifndef ADAPTERS_CLI_CLI_QUERY_H
#define ADAPTERS_CLI_CLI_QUERY_H

#include "adapters/cli/cli.h"
#include "adapters/rows/library_search.h"
#include "domain/search/query.h"

/* The query of a command line, and the bookmarks that match it. */

/*
 * Reads a text as a query. If it cannot be read: prints the error, the query and a caret under
 * the place, and returns MISUSED. *query is the caller's; NULL asks for everything.
 */
enum exit_code cli_query_read(struct cli *cli, const char *text, struct query **query);

/* The same, of the words of the command line, joined by blanks. */
enum exit_code cli_query_read_words(struct cli *cli, struct query **query);

/* The order of a name: best, added, modified, title, url; false if it is none. */
bool cli_query_order(const char *name, enum row_order *order);

/* With --sort, --reverse, --limit and --offset; in the given order unless --sort says another. */
struct search_options cli_query_options(
	const struct command_line *line, const struct query *query, enum row_order order);

/*
 * Visits what is found in the library, which is open. A limit of 0 is a limit here too: nothing is
 * visited.
 */
enum status cli_query_find(struct cli *cli, const struct search_options *options,
	bookmark_visit_fn visit, void *self, struct error *error);

/* The same of a library that may have to be opened, for reading; complains if it cannot be done. */
enum exit_code cli_query_visit(
	struct cli *cli, const struct search_options *options, bookmark_visit_fn visit, void *self);

/* The ids of what is found, newest first; the caller's to free, whatever is returned. */
enum exit_code cli_query_ids(
	struct cli *cli, const struct query *query, int64_t **ids, size_t *count);

#endif
