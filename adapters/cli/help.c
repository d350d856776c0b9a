#include "adapters/cli/cli_command.h"

#include <string.h>

#include "adapters/cli/cli.h"

#define COMMAND_COLUMN 12
#define OPTION_COLUMN  22

static void print_option(struct output *output, enum option_id id)
{
	const struct option_row *row = &option_table[id];
	int length;

	output_format(output, "  --%s", row->name);
	length = 4 + (int)strlen(row->name);
	if (row->argument) {
		output_format(output, " %s", row->argument);
		length += 1 + (int)strlen(row->argument);
	}
	if (length + 1 > OPTION_COLUMN)
		output_format(output, "\n%*s%s\n", OPTION_COLUMN, "", row->help);
	else
		output_format(output, "%*s%s\n", OPTION_COLUMN - length, "", row->help);
}

static void print_options(struct output *output, const char *title, const enum option_id *options)
{
	if (*options == OPTIONS_END)
		return;
	output_format(output, "\n%s:\n", title);
	for (; *options != OPTIONS_END; options++)
		print_option(output, *options);
}

/* A form a line; one that begins with a blank is the rest of the form above. */
static void print_usage(struct output *output, const struct cli_command *command)
{
	const char *form = command->usage;
	bool first = true;

	do {
		size_t length = strcspn(form, "\n");

		if (*form == ' ')
			output_format(output, "          %.*s\n", (int)length, form);
		else
			output_format(output, "%s barky %s%s%.*s\n", first ? "usage:" : "      ",
				command->name, length ? " " : "", (int)length, form);
		first = false;
		form += length + (form[length] == '\n');
	} while (*form);
}

void help_print_command(struct output *output, const struct cli_command *command)
{
	print_usage(output, command);
	output_format(output, "\n%s\n", command->summary);
	if (command->details)
		output_format(output, "\n%s\n", command->details);
	if (command->more)
		command->more(output);
	print_options(output, "Options", command->options);
	print_options(output, "Options of every command", option_globals);
}

void help_print_program(struct output *output)
{
	output_string(output, "usage: barky [--demo]                      open the bookmarks\n"
			      "       barky COMMAND [OPTION...] [ARG...]  do one thing and exit\n"
			      "       barky --help | --version | help COMMAND\n"
			      "\nCommands:\n");
	for (const struct cli_command *const *command = cli_commands; *command; command++)
		output_format(output, "  %-*s%s\n", COMMAND_COLUMN, (*command)->name,
			(*command)->summary);
	print_options(output, "Options, before or after the command", option_globals);
	print_options(output, "Options without a command", option_commandless);
	output_string(output, "\nThe manual is barky(1). The keys are in the program, under ?.\n");
}

static enum exit_code help_run(struct cli *cli)
{
	const struct cli_command *command;

	if (!cli->line.word_count) {
		help_print_program(&cli->out);
		return EXIT_DONE;
	}
	command = cli_command_find(cli->line.words[0]);
	if (!command)
		return cli_misused(cli, "there is no command \"%s\"", cli->line.words[0]);
	help_print_command(&cli->out, command);
	return EXIT_DONE;
}

static const enum option_id options[] = {OPTIONS_END};

const struct cli_command help_command = {
	.name = "help",
	.usage = "[COMMAND]",
	.summary = "tell about a command, or about all of them",
	.most = 1,
	.options = options,
	.run = help_run,
};
