#include "adapters/stars/forge_token.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "adapters/system/secret.h"
#include "domain/base/memory.h"

static const char *const variables[] = {"GH_TOKEN", "GITHUB_TOKEN"};

void forge_token_wipe(char *text)
{
	if (!text)
		return;
	secret_wipe(text, strlen(text));
	free(text);
}

/* The value itself is overwritten too: /proc/PID/environ shows the memory it stands in. */
static char *take_variable(const char *name)
{
	char *value = getenv(name);
	char *copy = NULL;

	if (value && *value) {
		copy = memory_copy_string(value);
		secret_wipe(value, strlen(value));
	}
	unsetenv(name);
	return copy;
}

/* RFC 9110: a field value of visible ASCII without blanks, which is all that tokens are. */
static bool can_be_sent(const char *text)
{
	for (; *text; text++)
		if (*text <= ' ' || *text >= 0x7f)
			return false;
	return true;
}

enum status forge_token_keep(struct forge_token *token, char *text, struct error *error)
{
	secret_guard();
	text[strcspn(text, "\r\n")] = '\0';
	if (!can_be_sent(text)) {
		forge_token_wipe(text);
		error_set(error, "the token holds a blank or a control character, which no token "
				 "has: set it anew");
		return STATUS_INVALID;
	}
	forge_token_finish(token);
	if (*text)
		token->text = text;
	else
		free(text);
	return STATUS_OK;
}

enum status forge_token_take(struct forge_token *token, struct error *error)
{
	char *taken = NULL;

	for (size_t i = 0; i < sizeof(variables) / sizeof(variables[0]); i++) {
		char *text = take_variable(variables[i]);

		if (!taken)
			taken = text;
		else
			forge_token_wipe(text);
	}
	if (!taken)
		return STATUS_OK;
	if (taken[strcspn(taken, "\r\n")] == '\0')
		return forge_token_keep(token, taken, error);
	forge_token_wipe(taken);
	error_set(error, "the token holds a line break, which no token has: set it anew");
	return STATUS_INVALID;
}

void forge_token_finish(struct forge_token *token)
{
	forge_token_wipe(token->text);
	token->text = NULL;
}
