#ifndef ADAPTERS_STARS_TOKEN_COMMAND_H
#define ADAPTERS_STARS_TOKEN_COMMAND_H

#include "adapters/system/config.h"
#include "domain/base/error.h"

/*
 * The token that the configuration leads to: the first line of what token_command prints (gh auth
 * token, pass show …; started without a shell, at most 30 seconds), else of token_file, unless
 * others can read that. NULL if neither is set, or, with a reason, if it failed. The caller wipes
 * and frees it: forge_token_keep().
 */
char *token_command_ask(const struct config *config, struct error *error);

#endif
