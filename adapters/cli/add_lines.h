#ifndef ADAPTERS_CLI_ADD_LINES_H
#define ADAPTERS_CLI_ADD_LINES_H

#include "adapters/cli/cli.h"
#include "domain/bus/command.h"

/*
 * "add -": the addresses of standard input, one a line, added as one change; their titles are
 * fetched afterwards, as part of it. What is refused is named with its line. common has what is
 * the same for all.
 */
enum exit_code add_lines(struct cli *cli, const struct bookmark_draft *common);

#endif
