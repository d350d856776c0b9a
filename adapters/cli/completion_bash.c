#include "adapters/cli/completion_scripts.h"

#include "adapters/cli/cli_command.h"

static void print_names(struct output *output, const char *before)
{
	for (const struct cli_command *const *command = cli_commands; *command; command++)
		output_format(
			output, "%s%s", command == cli_commands ? "" : before, (*command)->name);
}

static void print_option_names(struct output *output, const enum option_id *options)
{
	for (; *options != OPTIONS_END; options++)
		output_format(output, " --%s", option_table[*options].name);
}

static const char *value_kind(const struct option_row *row)
{
	return row->kind == OPTION_PATH ? "file" : row->kind == OPTION_CHOICE ? "choice" : "none";
}

/* One case for each option that takes an argument, within one command. */
static void print_arguments(struct output *output, const enum option_id *options)
{
	for (; *options != OPTIONS_END; options++) {
		const struct option_row *row = &option_table[*options];

		if (!option_takes_argument(row))
			continue;
		output_format(output, "\t\t--%s) kind=%s; choices=\"%s\" ;;\n", row->name,
			value_kind(row), row->choices ? row->choices : "");
	}
}

static void print_command(struct output *output, const struct cli_command *command)
{
	output_format(output, "\t%s)\n\t\toptions=\"", command->name);
	print_option_names(output, command->options);
	output_format(output, "\"\n\t\twords=\"%s\"\n\t\tfiles=%s\n",
		command->words ? command->words : "", command->files ? "yes" : "");
	output_string(output, "\t\tcase $previous in\n");
	print_arguments(output, command->options);
	output_string(output, "\t\tesac ;;\n");
}

static const char start[] =
	"# bash completion for barky\n"
	"_barky()\n"
	"{\n"
	"\tlocal current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]}\n"
	"\tlocal command= options= words= files= kind= choices= place=0 i\n"
	"\tCOMPREPLY=()\n"
	"\tfor ((i = 1; i < COMP_CWORD; i++)); do\n"
	"\t\tcase ${COMP_WORDS[i]} in\n"
	"\t\t--db|--config|--color) ((i++)) ;;\n"
	"\t\t-*|=) ;;\n"
	"\t\t*) command=${COMP_WORDS[i]}; place=$i; break ;;\n"
	"\t\tesac\n"
	"\tdone\n"
	"\tcase $previous in\n";

static const char end[] =
	"\tesac\n"
	"\tcase $kind in\n"
	"\tfile)\n"
	"\t\tCOMPREPLY=($(compgen -f -- \"$current\"))\n"
	"\t\tcompopt -o filenames 2>/dev/null\n"
	"\t\treturn ;;\n"
	"\tchoice) COMPREPLY=($(compgen -W \"$choices\" -- \"$current\")); return ;;\n"
	"\tnone) return ;;\n"
	"\tesac\n"
	"\t[[ -n $command ]] || options=$alone\n"
	"\tif [[ $current == -* ]]; then\n"
	"\t\tCOMPREPLY=($(compgen -W \"$options $globals\" -- \"$current\"))\n"
	"\telif [[ -z $command ]]; then\n"
	"\t\tCOMPREPLY=($(compgen -W \"$commands\" -- \"$current\"))\n"
	"\telse\n"
	"\t\tif ((COMP_CWORD == place + 1)); then\n"
	"\t\t\tCOMPREPLY=($(compgen -W \"$words\" -- \"$current\"))\n"
	"\t\tfi\n"
	"\t\tif [[ $files ]]; then\n"
	"\t\t\tCOMPREPLY+=($(compgen -f -- \"$current\"))\n"
	"\t\t\tcompopt -o filenames 2>/dev/null\n"
	"\t\tfi\n"
	"\tfi\n"
	"}\n"
	"complete -F _barky barky\n";

void completion_print_bash(struct output *output)
{
	output_string(output, start);
	print_arguments(output, option_globals);
	output_string(output, "\tesac\n\tlocal globals=\"");
	print_option_names(output, option_globals);
	output_string(output, "\"\n\tlocal alone=\"");
	print_option_names(output, option_commandless);
	output_string(output, "\"\n\tlocal commands=\"");
	print_names(output, " ");
	output_string(output, "\"\n\tcase $command in\n");
	for (const struct cli_command *const *command = cli_commands; *command; command++)
		print_command(output, *command);
	output_string(output, end);
}
