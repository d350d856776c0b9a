#ifndef ADAPTERS_CLI_LATE_TITLES_H
#define ADAPTERS_CLI_LATE_TITLES_H

#include "adapters/cli/cli.h"

/*
 * Fetches the titles of pages whose bookmarks are in the library already, but without one, and
 * makes them part of the change that added them. It gives up when several pages in a row cannot
 * be reached; a bookmark without a title is whole too.
 */
void late_titles_fetch(struct cli *cli, const struct result *added);

#endif
