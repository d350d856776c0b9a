#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "adapters/cli/cli.h"

/* The screen needs a terminal on both sides. */
static int open_screen(void)
{
	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO)) {
		fputs("barky: no terminal: give a command, see barky --help\n", stderr);
		return 2;
	}
	fputs("barky: the screen is not built in: give a command, see barky --help\n", stderr);
	return 2;
}

int main(int argc, char **argv)
{
	struct cli_choice choice;
	int code = cli_run(argc, argv, &choice);

	return code == CLI_NO_COMMAND ? open_screen() : code;
}
