#include <fcntl.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "adapters/sqlite/lock_holder.h"
#include "adapters/system/descriptor.h"
#include "domain/base/memory.h"

/* SQLite's file format, "WAL locks": byte 120 of the -shm file is the writer's; in the main file
 * the pending, reserved and shared bytes begin at 2^30. */
#define WAL_WRITER   120
#define MAIN_PENDING 0x40000000L

/* Who would be in the way of a write lock there, as F_GETLK tells; 0: nobody. */
static long ask_for_holder(const char *path, long byte)
{
	struct flock lock = {
		.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = (off_t)byte, .l_len = 1};
	int fd = open(path, O_RDWR | O_CLOEXEC);

	if (fd < 0 || fcntl(fd, F_GETLK, &lock) != 0 || lock.l_type == F_UNLCK)
		return 0;
	return (long)lock.l_pid;
}

/*
 * A child asks: locks are not inherited, so what it opens and closes is no concern of ours, while
 * closing here would drop our own. It calls nothing but what is safe after fork(2) in a threaded
 * program.
 */
static long find_holder(const char *path, long byte)
{
	long holder = 0;
	int ends[2];
	pid_t child;

	if (!descriptor_pipe(ends))
		return 0;
	child = fork();
	if (child == 0) {
		holder = ask_for_holder(path, byte);
		_exit(write(ends[1], &holder, sizeof(holder)) == (ssize_t)sizeof(holder) ? 0 : 1);
	}
	close(ends[1]);
	if (child > 0 && read(ends[0], &holder, sizeof(holder)) != (ssize_t)sizeof(holder))
		holder = 0;
	close(ends[0]);
	if (child > 0)
		waitpid(child, NULL, 0);
	return holder == (long)getpid() ? 0 : holder;
}

long lock_holder(const char *path)
{
	char *shared = memory_print("%s-shm", path);
	long holder = find_holder(shared, WAL_WRITER);

	free(shared);
	return holder ? holder : find_holder(path, MAIN_PENDING);
}
