#include "adapters/cli/standard_streams.h"

#include <fcntl.h>
#include <unistd.h>

void standard_streams_fill(void)
{
	static const int modes[] = {
		[STDIN_FILENO] = O_RDONLY,
		[STDOUT_FILENO] = O_RDONLY, /* what cannot be written is an error, not lost */
		[STDERR_FILENO] = O_WRONLY,
	};

	/* The lowest free descriptor is taken: in this order that is the one that is asked for. */
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
		if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", modes[fd]) < 0)
			return;
}
