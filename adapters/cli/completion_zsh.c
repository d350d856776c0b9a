#include "adapters/cli/completion_scripts.h"

#include <string.h>

#include "adapters/cli/cli_command.h"

/* Within single quotes of zsh's _arguments: ":", "[" and "]" end things there. */
static void print_zsh_help(struct output *output, const char *help)
{
	for (; *help; help++) {
		if (strchr(":[]\\", *help))
			output_string(output, "\\");
		if (*help == '\'')
			output_string(output, "'\\''");
		else
			output_bytes(output, help, 1);
	}
}

static void print_zsh_value(struct output *output, const struct option_row *row)
{
	if (!option_takes_argument(row))
		return;
	output_format(output, ":%s:", row->argument);
	if (row->kind == OPTION_PATH)
		output_string(output, "_files");
	else if (row->kind == OPTION_CHOICE)
		output_format(output, "(%s)", row->choices);
	else
		output_string(output, " ");
}

static void print_zsh_options(struct output *output, const enum option_id *options)
{
	for (; *options != OPTIONS_END; options++) {
		const struct option_row *row = &option_table[*options];

		output_format(output, " \\\n\t\t\t'--%s%s[", row->name,
			option_takes_argument(row) ? "=" : "");
		print_zsh_help(output, row->help);
		output_string(output, "]");
		print_zsh_value(output, row);
		output_string(output, "'");
	}
}

static void print_zsh_command(struct output *output, const struct cli_command *command)
{
	output_format(output, "\t\t%s)\n\t\t_arguments", command->name);
	print_zsh_options(output, command->options);
	print_zsh_options(output, option_globals);
	if (command->words)
		output_format(output, " \\\n\t\t\t'1:argument:{compadd %s%s}'", command->words,
			command->files ? "; _files" : "");
	/* A plain message, " ", would keep an option from being completed. */
	output_format(output, " \\\n\t\t\t'*:argument:%s' ;;\n",
		command->files ? "_files" : "_guard \"^-*\" argument");
}

void completion_print_zsh(struct output *output)
{
	output_string(output, "#compdef barky\n_barky()\n{\n\tlocal -a commands\n\tcommands=(\n");
	for (const struct cli_command *const *command = cli_commands; *command; command++) {
		output_format(output, "\t\t'%s:", (*command)->name);
		print_zsh_help(output, (*command)->summary);
		output_string(output, "'\n");
	}
	output_string(output, "\t)\n\t_arguments -C -A '-*'");
	print_zsh_options(output, option_globals);
	print_zsh_options(output, option_commandless);
	output_string(output, " \\\n\t\t\t'1:command:->command' '*::argument:->argument'\n"
			      "\tcase $state in\n"
			      "\tcommand) _describe command commands ;;\n"
			      "\targument)\n\t\tcase $words[1] in\n");
	for (const struct cli_command *const *command = cli_commands; *command; command++)
		print_zsh_command(output, *command);
	output_string(output, "\t\tesac ;;\n\tesac\n}\n"
			      "if [ \"$funcstack[1]\" = _barky ]; then\n\t_barky \"$@\"\n"
			      "else\n\tcompdef _barky barky\nfi\n");
}
