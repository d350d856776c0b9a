#include "adapters/cli/completion_scripts.h"

#include <stdio.h>

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

/*
 * fish's own __fish_use_subcommand takes the value of "--db FILE" for the command, and
 * __fish_seen_subcommand_from any later word.
 */
static void print_fish_test(struct output *output)
{
	output_string(output, "# Whether the command is this one; without an argument, whether "
			      "none is there yet.\n"
			      "function __barky_is\n"
			      "\tset -l words (commandline -opc)[2..-1]\n"
			      "\twhile set -q words[1]\n"
			      "\t\tswitch $words[1]\n"
			      "\t\t\tcase");
	for (const enum option_id *option = option_globals; *option != OPTIONS_END; option++)
		if (option_takes_argument(&option_table[*option]))
			output_format(output, " --%s", option_table[*option].name);
	output_string(output, "\n"
			      "\t\t\t\tset words $words[2..-1]\n"
			      "\t\t\tcase '-*'\n"
			      "\t\t\tcase '*'\n"
			      "\t\t\t\ttest \"$words[1]\" = \"$argv[1]\"\n"
			      "\t\t\t\treturn\n"
			      "\t\tend\n"
			      "\t\tset words $words[2..-1]\n"
			      "\tend\n"
			      "\tnot set -q argv[1]\n"
			      "end\n");
}

static void print_fish_options(
	struct output *output, const enum option_id *options, const char *condition)
{
	for (; *options != OPTIONS_END; options++) {
		const struct option_row *row = &option_table[*options];

		output_format(output, "complete -c barky%s -l %s", condition, row->name);
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
	char condition[64];

	snprintf(condition, sizeof(condition), " -n '__barky_is %s'", command->name);
	output_format(output, "complete -c barky -n __barky_is -a %s -d ", command->name);
	print_fish_quoted(output, command->summary);
	output_string(output, "\n");
	if (command->words)
		output_format(output, "complete -c barky%s -a '%s'\n", condition, command->words);
	if (command->files)
		output_format(output, "complete -c barky%s -F\n", condition);
	print_fish_options(output, command->options, condition);
}

void completion_print_fish(struct output *output)
{
	output_string(output, "# fish completion for barky\n");
	print_fish_test(output);
	output_string(output, "complete -c barky -f\n");
	print_fish_options(output, option_globals, "");
	print_fish_options(output, option_commandless, " -n __barky_is");
	for (const struct cli_command *const *command = cli_commands; *command; command++)
		print_fish_command(output, *command);
}
