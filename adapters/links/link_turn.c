#include "adapters/links/link_turn.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "domain/base/memory.h"

enum status link_turn_take(struct link_turn *turn, const char *path, struct error *error)
{
	char *name = path ? memory_print("%s-links", path) : NULL;

	turn->fd = -1;
	if (!name)
		return STATUS_OK;
	turn->fd = open(name, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (turn->fd < 0) {
		error_set(error, "%s cannot be made: %s", name, strerror(errno));
		free(name);
		return STATUS_IO;
	}
	free(name);
	if (flock(turn->fd, LOCK_EX | LOCK_NB) == 0)
		return STATUS_OK;
	link_turn_give(turn);
	error_set(error, "another barky is checking the links of this library; let it finish");
	return STATUS_REFUSED;
}

void link_turn_give(struct link_turn *turn)
{
	if (turn->fd >= 0)
		close(turn->fd);
	turn->fd = -1;
}
