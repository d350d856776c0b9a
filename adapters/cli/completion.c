#include <string.h>

#include "adapters/cli/cli.h"
#include "adapters/cli/complete.h"

/*
 * The scripts know nothing of barky: they hand the words of the line to "barky __complete", so that
 * what they offer cannot differ from what the program takes, and holds this library's tags and ids.
 * A candidate is a line, its description behind a tab; a tab alone asks for names of files.
 */

/*
 * bash breaks words at ":" and "=" and replaces only what is behind the last one, so what stands
 * before that is cut off. It has no place for descriptions: only numbers, which say nothing, show
 * theirs.
 */
static const char bash_script[] =
	"# bash completion for barky\n"
	"_barky()\n"
	"{\n"
	"\tlocal line=${COMP_LINE:0:COMP_POINT} candidate about current cut\n"
	"\tlocal -a words\n"
	"\tread -ra words <<<\"$line\"\n"
	"\t[[ $line == *[[:space:]] ]] && words+=('')\n"
	"\tcurrent=${words[${#words[@]}-1]}\n"
	"\tcut=${current%\"${current##*[:=]}\"}\n"
	"\tCOMPREPLY=()\n"
	"\twhile IFS= read -r candidate; do\n"
	"\t\tabout=${candidate#*$'\\t'}\n"
	"\t\tcandidate=${candidate%%$'\\t'*}\n"
	"\t\tif [[ -z $candidate ]]; then\n"
	"\t\t\tCOMPREPLY+=($(compgen -f -- \"${current#\"$cut\"}\"))\n"
	"\t\t\tcompopt -o filenames 2>/dev/null\n"
	"\t\telif [[ $candidate != *[!0-9]* && $about != \"$candidate\" ]]; then\n"
	"\t\t\tCOMPREPLY+=(\"$candidate  ($about)\")\n"
	"\t\telse\n"
	"\t\t\tCOMPREPLY+=(\"${candidate#\"$cut\"}\")\n"
	"\t\tfi\n"
	"\tdone < <(\"$1\" " COMPLETE_WORD " \"${words[@]:1}\" 2>/dev/null)\n"
	"\tif ((${#COMPREPLY[@]} == 1)); then\n"
	"\t\tCOMPREPLY[0]=${COMPREPLY[0]%%  (*}\n"
	"\t\t[[ ${COMPREPLY[0]} != *[:=] ]] || compopt -o nospace 2>/dev/null\n"
	"\tfi\n"
	"}\n"
	"complete -F _barky barky\n";

static const char zsh_script[] = "#compdef barky\n"
				 "_barky()\n"
				 "{\n"
				 "\tlocal line word files\n"
				 "\tlocal -a found shown\n"
				 "\twhile IFS= read -r line; do\n"
				 "\t\tword=${line%%$'\\t'*}\n"
				 "\t\tif [[ -z $word ]]; then\n"
				 "\t\t\tfiles=yes\n"
				 "\t\telse\n"
				 "\t\t\tfound+=(\"$word\")\n"
				 "\t\t\tshown+=(\"${line/$'\\t'/  -- }\")\n"
				 "\t\tfi\n"
				 "\tdone < <(\"${words[1]}\" " COMPLETE_WORD
				 " \"${(@Q)words[2,CURRENT-1]}\" \"${(Q)PREFIX}\" 2>/dev/null)\n"
				 "\t(( ! $#found )) || compadd -l -d shown -a found\n"
				 "\t[[ -z $files ]] || _files\n"
				 "}\n"
				 "if [ \"$funcstack[1]\" = _barky ]; then\n"
				 "\t_barky \"$@\"\n"
				 "else\n"
				 "\tcompdef _barky barky\n"
				 "fi\n";

static const char fish_script[] =
	"# fish completion for barky\n"
	"function __barky_complete\n"
	"\tset -l words (commandline -opc) (commandline -ct)\n"
	"\tfor line in (command $words[1] " COMPLETE_WORD " $words[2..-1] 2>/dev/null)\n"
	"\t\tif test \"$line\" = \\t\n"
	"\t\t\t__fish_complete_path (commandline -ct)\n"
	"\t\telse\n"
	"\t\t\techo $line\n"
	"\t\tend\n"
	"\tend\n"
	"end\n"
	"complete -c barky -f -a '(__barky_complete)'\n";

static const struct {
	const char *shell;
	const char *script;
} scripts[] = {{"bash", bash_script}, {"zsh", zsh_script}, {"fish", fish_script}};

static enum exit_code completion_run(struct cli *cli)
{
	const char *shell = cli->line.words[0];

	for (size_t i = 0; i < sizeof(scripts) / sizeof(scripts[0]); i++)
		if (!strcmp(scripts[i].shell, shell)) {
			output_string(&cli->out, scripts[i].script);
			return EXIT_DONE;
		}
	return cli_misused(cli, "\"%s\" is none of: bash zsh fish", shell);
}

static const enum option_id options[] = {OPTIONS_END};

const struct cli_command completion_command = {
	.name = "completion",
	.usage = "bash | zsh | fish",
	.summary = "print a completion script",
	.details = "For bash, say in ~/.bashrc:   source <(barky completion bash)\n"
		   "For zsh, put it into a folder of $fpath as _barky; for fish, into\n"
		   "~/.config/fish/completions/barky.fish.",
	.words = "bash zsh fish",
	.least = 1,
	.most = 1,
	.options = options,
	.run = completion_run,
};
