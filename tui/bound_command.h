#ifndef TUI_BOUND_COMMAND_H
#define TUI_BOUND_COMMAND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

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

#endif
