#include "tui/controlling_terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define NAME "/dev/tty"

bool controlling_terminal_take(struct controlling_terminal *streams, struct error *error)
{
	int terminal = open(NAME, O_RDWR | O_CLOEXEC);

	if (terminal < 0) {
		error_set(error,
			"needs a terminal, and there is none (" NAME ": %s); use 'barky list'",
			strerror(errno));
		return false;
	}
	fflush(stdout);
	streams->input = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3);
	streams->output = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
	dup2(terminal, STDIN_FILENO);
	dup2(terminal, STDOUT_FILENO);
	close(terminal);
	streams->taken = true;
	return true;
}

static void put_back(int kept, int stream)
{
	if (kept < 0)
		return;
	dup2(kept, stream);
	close(kept);
}

void controlling_terminal_give_back(struct controlling_terminal *streams)
{
	if (!streams->taken)
		return;
	fflush(stdout);
	put_back(streams->input, STDIN_FILENO);
	put_back(streams->output, STDOUT_FILENO);
	streams->taken = false;
}
