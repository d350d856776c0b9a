#include "adapters/system/descriptor.h"

#include <fcntl.h>
#include <unistd.h>

bool descriptor_close_on_exec(int fd)
{
	return fcntl(fd, F_SETFD, FD_CLOEXEC) == 0;
}

bool descriptor_unblock(int fd)
{
	int flags = fcntl(fd, F_GETFL);

	return flags >= 0 && fcntl(fd, F_SETFL, flags | O_NONBLOCK) == 0;
}

bool descriptor_pipe(int ends[2])
{
	if (pipe(ends) != 0)
		return false;
	if (descriptor_close_on_exec(ends[0]) && descriptor_close_on_exec(ends[1]))
		return true;
	close(ends[0]);
	close(ends[1]);
	ends[0] = ends[1] = -1;
	return false;
}
