#include <errno.h>
#include <unistd.h>

#include "adapters/system/descriptor.h"
#include "adapters/system/wake.h"

bool wake_init(struct wake *wake)
{
	int ends[2] = {-1, -1};
	bool made = descriptor_pipe(ends);

	wake->fd = ends[0];
	wake->set_fd = ends[1];
	if (made && descriptor_unblock(ends[0]) && descriptor_unblock(ends[1]))
		return true;
	wake_finish(wake);
	return false;
}

void wake_finish(struct wake *wake)
{
	if (wake->fd >= 0)
		close(wake->fd);
	if (wake->set_fd >= 0)
		close(wake->set_fd);
	wake->fd = wake->set_fd = -1;
}

void wake_set(struct wake *wake)
{
	int saved = errno;

	/* a full pipe is readable already, and nothing else can fail */
	(void)!write(wake->set_fd, "", 1);
	errno = saved;
}

void wake_clear(struct wake *wake)
{
	char bytes[256];

	while (read(wake->fd, bytes, sizeof(bytes)) == (ssize_t)sizeof(bytes))
		;
}
