#include "tui/error_output.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

void error_output_turn(struct error_output *errors, int log)
{
	int target = log >= 0 ? log : open("/dev/null", O_WRONLY | O_CLOEXEC);

	if (errors->before >= 0 || target < 0)
		return;
	fflush(stderr);
	errors->before = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
	dup2(target, STDERR_FILENO);
	if (target != log)
		close(target);
}

void error_output_restore(struct error_output *errors)
{
	if (errors->before < 0)
		return;
	fflush(stderr);
	dup2(errors->before, STDERR_FILENO);
	close(errors->before);
	errors->before = -1;
}
