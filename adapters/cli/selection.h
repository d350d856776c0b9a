#ifndef ADAPTERS_CLI_SELECTION_H
#define ADAPTERS_CLI_SELECTION_H

#include "adapters/cli/cli.h"
#include "domain/bookmarks/bookmark.h"

/*
 * The bookmarks whose ids are the words of the command line, in that order, each once. One that
 * is not in the library has an id and nothing else.
 */
struct selection {
	struct bookmark *bookmarks;
	size_t count;
};

/* Opens the library and reads them. Complains if it cannot. To be finished either way. */
enum exit_code selection_read(struct selection *selection, struct cli *cli);
void selection_finish(struct selection *selection);

/* In the library, and not in the trash. */
bool selection_is_there(const struct selection *selection, size_t at);

/* Says that it is not; returns NOT_FOUND. */
enum exit_code selection_complain(const struct selection *selection, size_t at, const char *what);

#endif
