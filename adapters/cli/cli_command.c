#include "adapters/cli/cli_command.h"

#include <string.h>

const struct cli_command *cli_command_find(const char *name)
{
	for (const struct cli_command *const *command = cli_commands; *command; command++)
		if (!strcmp((*command)->name, name))
			return *command;
	return NULL;
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
	&import_command,
	&export_command,
	&events_command,
	&bus_command,
	&doctor_command,
	&backup_command,
	&completion_command,
	NULL,
};
