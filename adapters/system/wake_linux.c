#include <errno.h>
#include <stdint.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "adapters/system/wake.h"

bool wake_init(struct wake *wake)
{
	wake->fd = wake->set_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	return wake->fd >= 0;
}

void wake_finish(struct wake *wake)
{
	if (wake->fd >= 0)
		close(wake->fd);
	wake->fd = wake->set_fd = -1;
}

void wake_set(struct wake *wake)
{
	const uint64_t one = 1;
	int saved = errno;

	/* a full counter is readable already, and nothing else can fail */
	(void)!write(wake->set_fd, &one, sizeof(one));
	errno = saved;
}

void wake_clear(struct wake *wake)
{
	uint64_t count;

	(void)!read(wake->fd, &count, sizeof(count));
}
