#include "adapters/system/descriptor.h"

#include <errno.h>
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

bool descriptor_write(int fd, const void *bytes, size_t length)
{
	const char *next = bytes;

	while (length > 0) {
		ssize_t written = write(fd, next, length);

		if (written < 0 && errno == EINTR)
			continue;
		if (written < 0)
			return false;
		next += written;
		length -= (size_t)written;
	}
	return true;
}
