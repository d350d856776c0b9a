#ifndef ADAPTERS_CLI_IMPORT_STARS_H
#define ADAPTERS_CLI_IMPORT_STARS_H

#include "adapters/cli/cli.h"
#include "domain/bookmarks/tag_set.h"

/*
 * "import github USER" (or another forge), or of the token's owner where user is NULL: the stars,
 * page by page, with progress on standard error and, with --json, one object at the end whatever
 * the outcome. The options are in cli->line. tags are added to each.
 */
enum exit_code import_stars(struct cli *cli, const char *user, const struct tag_set *tags);

#endif
