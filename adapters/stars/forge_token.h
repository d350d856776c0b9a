#ifndef ADAPTERS_STARS_FORGE_TOKEN_H
#define ADAPTERS_STARS_FORGE_TOKEN_H

#include "adapters/system/config.h"
#include "domain/base/error.h"
#include "domain/base/status.h"

/*
 * The user's token for a forge. It is read from GH_TOKEN, else GITHUB_TOKEN, and both are wiped
 * from the environment, so that no program started from here inherits it. While one is held, the
 * process cannot be dumped or traced by others; it is overwritten when it is let go.
 */
struct forge_token {
	char *text; /* NULL: there is none */
};

/* INVALID of one that could not be sent in a header; its text is not quoted. */
enum status forge_token_take(struct forge_token *token, struct error *error);

/* Holds a token that came another way: the first line of text, which is wiped. */
enum status forge_token_keep(struct forge_token *token, char *text, struct error *error);

/*
 * The token that the configuration leads to: the first line of what token_command prints (gh auth
 * token, pass show …; started without a shell, at most 30 seconds), else of token_file, unless
 * others can read that. NULL if neither is set, or, with a reason, if it failed. The caller wipes
 * and frees it: forge_token_keep().
 */
char *forge_token_ask(const struct config *config, struct error *error);

void forge_token_finish(struct forge_token *token);

/* Overwrites a string that holds a token, and frees it. NULL is fine. */
void forge_token_wipe(char *text);

#endif
