#include "adapters/cli/cli_command.h"

#include <string.h>

const struct cli_command *cli_command_find(const char *name)
{
	for (const struct cli_command *const *command = cli_commands; *command; command++)
		if (!strcmp((*command)->name, name))
			return *command;
	return NULL;
}

/* How many letters are left out, put in, exchanged or swapped with their neighbour: at most this.
 */
#define NEAR            2
#define NAME_MAX_LENGTH 32

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* The distance of Damerau and Levenshtein (optimal string alignment), row by row. */
static size_t edit_distance(const char *a, const char *b)
{
	size_t rows[3][NAME_MAX_LENGTH + 1];
	size_t length = strlen(b);

	for (size_t j = 0; j <= length; j++)
		rows[0][j] = j;
	for (size_t i = 1; a[i - 1]; i++) {
		size_t *row = rows[i % 3], *above = rows[(i + 2) % 3];

		row[0] = i;
		for (size_t j = 1; j <= length; j++) {
			row[j] = least(above[j - 1] + (a[i - 1] != b[j - 1]),
				least(above[j], row[j - 1]) + 1);
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
				row[j] = least(row[j], rows[(i + 1) % 3][j - 2] + 1);
		}
	}
	return rows[strlen(a) % 3][length];
}

const struct cli_command *cli_command_nearest(const char *name)
{
	const struct cli_command *nearest = NULL;
	size_t distance = NEAR + 1;

	if (strlen(name) > NAME_MAX_LENGTH)
		return NULL;
	for (const struct cli_command *const *command = cli_commands; *command; command++) {
		size_t its = edit_distance(name, (*command)->name);

		/* Of a short word nothing would be left. */
		if (its < distance && its < strlen(name)) {
			nearest = *command;
			distance = its;
		}
	}
	return nearest;
}

bool cli_command_takes(const struct cli_command *command, enum option_id option)
{
	return option_is_listed(option_globals, option) ||
	       option_is_listed(command->options, option);
}

const struct cli_command *const cli_commands[] = {
	&add_command,
	&list_command,
	&search_command,
	&show_command,
	&edit_command,
	&delete_command,
	&undo_command,
	&redo_command,
	&trash_command,
	&tags_command,
	&open_command,
	&pick_command,
	&check_command,
	&import_command,
	&export_command,
	&events_command,
	&bus_command,
	&serve_command,
	&run_due_command,
	&doctor_command,
	&backup_command,
	&restore_command,
	&completion_command,
	&help_command,
	NULL,
};
