#include "adapters/cli/completion_scripts.h"

#include "adapters/cli/cli_command.h"

static void print_fish_quoted(struct output *output, const char *text)
{
	output_string(output, "'");
	for (; *text; text++) {
		if (*text == '\'' || *text == '\\')
			output_string(output, "\\");
		output_bytes(output, text, 1);
	}
	output_string(output, "'");
}

static void print_fish_options(
	struct output *output, const enum option_id *options, const struct cli_command *command)
{
	for (; *options != OPTIONS_END; options++) {
		const struct option_row *row = &option_table[*options];

		output_string(output, "complete -c barky");
		if (command)
			output_format(
				output, " -n '__fish_seen_subcommand_from %s'", command->name);
		output_format(output, " -l %s", row->name);
		if (row->kind == OPTION_PATH)
			output_string(output, " -r -F");
		else if (row->kind == OPTION_CHOICE)
			output_format(output, " -x -a '%s'", row->choices);
		else if (option_takes_argument(row))
			output_string(output, " -x");
		output_string(output, " -d ");
		print_fish_quoted(output, row->help);
		output_string(output, "\n");
	}
}

static void print_fish_command(struct output *output, const struct cli_command *command)
{
	output_format(
		output, "complete -c barky -n __fish_use_subcommand -a %s -d ", command->name);
	print_fish_quoted(output, command->summary);
	output_string(output, "\n");
	if (command->words)
		output_format(output,
			"complete -c barky -n '__fish_seen_subcommand_from %s' -a '%s'\n",
			command->name, command->words);
	if (command->files)
		output_format(output, "complete -c barky -n '__fish_seen_subcommand_from %s' -F\n",
			command->name);
	print_fish_options(output, command->options, command);
}

void completion_print_fish(struct output *output)
{
	output_string(output, "# fish completion for barky\ncomplete -c barky -f\n");
	print_fish_options(output, option_globals, NULL);
	print_fish_options(output, option_commandless, NULL);
	for (const struct cli_command *const *command = cli_commands; *command; command++)
		print_fish_command(output, *command);
}
