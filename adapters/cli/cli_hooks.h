#ifndef ADAPTERS_CLI_CLI_HOOKS_H
#define ADAPTERS_CLI_CLI_HOOKS_H

#include "adapters/cli/cli.h"

/*
 * The user's hooks, where there is a folder of them and the configuration wants them: started
 * before the library is opened, connected once it is open for writing, and left to themselves at
 * the end.
 */
void cli_hooks_start(struct cli *cli);
void cli_hooks_connect(struct cli *cli);
void cli_hooks_end(struct cli *cli);

#endif
