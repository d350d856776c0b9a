#ifndef ADAPTERS_CLI_CLI_HOOKS_H
#define ADAPTERS_CLI_CLI_HOOKS_H

#include "adapters/cli/cli.h"

/*
 * The user's hooks, connected to an open library where there is a folder of them and the
 * configuration wants them; and waited for at the end.
 */
void cli_hooks_start(struct cli *cli);
void cli_hooks_turn(struct cli *cli); /* now and then, by a command that goes on for long */
void cli_hooks_end(struct cli *cli);

#endif
