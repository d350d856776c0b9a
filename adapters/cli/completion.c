#include <string.h>

#include "adapters/cli/cli.h"
#include "adapters/cli/completion_scripts.h"

static const struct {
	const char *shell;
	void (*print)(struct output *output);
} scripts[] = {
	{"bash", completion_print_bash},
	{"zsh", completion_print_zsh},
	{"fish", completion_print_fish},
};

static enum exit_code run(struct cli *cli)
{
	const char *shell = cli->line.words[0];

	for (size_t i = 0; i < sizeof(scripts) / sizeof(scripts[0]); i++)
		if (!strcmp(scripts[i].shell, shell)) {
			scripts[i].print(&cli->out);
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
	.run = run,
};
