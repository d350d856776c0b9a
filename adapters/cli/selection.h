#ifndef ADAPTERS_CLI_SELECTION_H
#define ADAPTERS_CLI_SELECTION_H

#include "adapters/cli/cli.h"
#include "domain/bookmarks/bookmark.h"

/*
 * The bookmarks that a command line names, each once: by the ids that are its words, in that
 * order, or, for a command that takes it, by --matching QUERY, newest first. One that is not in the
 * library has an id and nothing else.
 */
struct selection {
	struct bookmark *bookmarks;
	size_t count;
};

/*
 * Opens the library and reads them. Complains if it cannot, if no word is there, or if nothing
 * matches (NOT_FOUND). To be finished either way.
 */
enum exit_code selection_read(struct selection *selection, struct cli *cli);
void selection_finish(struct selection *selection);

/* The same, of their ids alone; the caller's to free. Those of words may not be there. */
enum exit_code selection_ids(struct cli *cli, int64_t **ids, size_t *count);

/* In the library, and not in the trash. */
bool selection_has(const struct selection *selection, size_t at);

/* Complains of each that is not in the library, or in the trash; NOT_FOUND if any is. */
enum exit_code selection_check(const struct selection *selection, const char *what);

/* Reads them, complains of each that is not in the library, and does this with them all. */
enum exit_code selection_run(
	struct cli *cli, enum exit_code (*run)(struct cli *cli, const struct selection *selection));

#endif
