#ifndef ADAPTERS_CLI_COMPLETION_SCRIPTS_H
#define ADAPTERS_CLI_COMPLETION_SCRIPTS_H

#include "adapters/cli/output.h"

/*
 * Completion scripts, drawn from the tables of commands and options: the commands, the options of
 * each, and what an argument may be. Nothing in them runs barky.
 */
void completion_print_bash(struct output *output);
void completion_print_zsh(struct output *output);
void completion_print_fish(struct output *output);

#endif
