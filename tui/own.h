#ifndef TUI_OWN_H
#define TUI_OWN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What the user's configuration adds to the screen: searches and commands. */

/* Filters that have a name, in the order of the configuration. */
struct saved_search {
	char *name;
	char *query;
};

struct saved_searches {
	struct saved_search *all;
	size_t count;
	size_t capacity;
};

/* Copied; in the place of one of that name. */
void saved_searches_put(struct saved_searches *searches, const char *name, const char *query);
void saved_searches_finish(struct saved_searches *searches);

/* The query of just this name; "" if there is none. */
const char *saved_searches_find(const struct saved_searches *searches, const char *name);

/* A program of the user's that has a key, in the list and in the details. */
struct bound_command {
	int32_t key;
	const char *text; /* as the configuration has it */
	const char *name; /* of the program */
	bool background;
};

struct bound_commands {
	const struct bound_command *all;
	size_t count;
};

/* The one that a key starts: the last that has it; NULL if there is none. */
const struct bound_command *bound_commands_of_key(
	const struct bound_commands *commands, int32_t key);

/* The i-th of those that a key starts; NULL if there are not so many. */
const struct bound_command *bound_commands_at(const struct bound_commands *commands, size_t i);

/*
 * What ":run" calls it: its program, without the folder; or its key, where another of them has the
 * same program. It stands in the buffer, cut if it is long.
 */
#define BOUND_NAME_SIZE 64

void bound_command_name(const struct bound_commands *commands, const struct bound_command *command,
	char name[static BOUND_NAME_SIZE]);

/* The one of that name or key, else the first whose name begins so; NULL. */
const struct bound_command *bound_commands_named(
	const struct bound_commands *commands, const char *name);

#endif
