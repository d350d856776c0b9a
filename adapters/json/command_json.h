#ifndef ADAPTERS_JSON_COMMAND_JSON_H
#define ADAPTERS_JSON_COMMAND_JSON_H

#include <jansson.h>

#include "adapters/json/json_writer.h"
#include "domain/base/error.h"
#include "domain/bus/command.h"

/*
 * Commands of the domain as JSON objects, in and out. What each looks like stands in one table
 * (command_json_form), which "barky bus --help" and the manual print. A key that a command does not
 * have is refused, as it would be a wish that nobody hears.
 *
 *   struct command_json read;
 *   status = command_json_read(&read, object, &error);   → read.command, to be handed to the bus
 *   command_json_finish(&read);                          whatever the status was
 */
struct command_json {
	struct command command; /* lends what the rest owns, and strings of the object */
	struct bookmark_draft *drafts;
	struct bookmark_edit *edits;
	size_t count; /* of drafts or edits */
	int64_t *ids;
	const char **words;
	struct tag_set tags; /* for all stars */
	char *origin;
	struct command_json *parts; /* of a batch */
	struct command *commands;
	size_t part_count;
};

/*
 * object is {"command": NAME, …}, with "origin" and "change" where they are wanted; it is lent
 * until the end. INVALID, with a line that names the command, if it is none.
 */
enum status command_json_read(struct command_json *read, json_t *object, struct error *error);
void command_json_finish(struct command_json *read);

/*
 * A command as an object: as it could be given, and of those that cannot be given by hand what is
 * to be known of them. For hooks that are asked before it ("pre-delete_bookmarks").
 */
void command_json_put(struct json_writer *json, const struct command *command);

/* {"command": "undo", "steps": 1}: an example with all keys; NULL of what cannot be given. */
const char *command_json_form(enum command_type type);

#endif
