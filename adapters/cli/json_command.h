#ifndef ADAPTERS_CLI_JSON_COMMAND_H
#define ADAPTERS_CLI_JSON_COMMAND_H

#include <stddef.h>

#include "adapters/json/json_writer.h"
#include "domain/bus/command.h"
#include "domain/base/error.h"

/*
 * Commands of the domain as JSON objects, one a line, and what became of them. The manual lists
 * the keys of each; a key that the command does not know is refused, as it would be a wish that
 * nobody hears. "request", any string or number, comes back with the result.
 */
struct json_command {
	struct command command; /* lends what the rest owns */
	void *root;             /* the parsed JSON */
	struct bookmark_draft *drafts;
	struct bookmark_edit *edits;
	size_t count; /* of drafts or edits */
	int64_t *ids;
	const char **words;
	struct tag_set tags; /* for all stars */
};

/* INVALID, with a reason, if it is no command. To be finished either way. */
enum status json_command_read(
	struct json_command *read, const char *line, size_t length, struct error *error);
void json_command_finish(struct json_command *read);

/* The value of "request", to be given back: its key and value, nothing if there is none. */
void json_command_echo(struct json_writer *json, const struct json_command *read);

#endif
