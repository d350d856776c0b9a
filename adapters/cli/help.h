#ifndef ADAPTERS_CLI_HELP_H
#define ADAPTERS_CLI_HELP_H

#include "adapters/cli/cli_command.h"
#include "adapters/cli/output.h"

/* What --help prints, drawn from the tables of commands and options. */
void help_print_program(struct output *output);
void help_print_command(struct output *output, const struct cli_command *command);

#endif
