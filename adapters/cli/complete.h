#ifndef ADAPTERS_CLI_COMPLETE_H
#define ADAPTERS_CLI_COMPLETE_H

#include "adapters/cli/cli.h"

/*
 * What may stand at the end of a command line, for the completion scripts, which know nothing
 * themselves: "barky __complete WORD...", the last word being the one under the cursor, which may
 * be empty. Prints a candidate a line, behind a tab what it is; a line that is only a tab stands
 * for names of files. Nothing is complained of: half a command line is no mistake.
 */
#define COMPLETE_WORD "__complete"

enum exit_code complete_print(struct cli *cli, int count, char **words);

#endif
