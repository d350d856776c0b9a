#include "adapters/sqlite/lock_holder.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "domain/base/memory.h"

/* SQLite's file format, "WAL locks": byte 120 of the -shm file is the writer's; in the main file
 * the pending, reserved and shared bytes begin at 2^30. */
#define WAL_WRITER   120
#define MAIN_PENDING 0x40000000LL

struct wanted {
	struct stat file;
	long long byte;
};

static int is_wanted_lock(const struct wanted *wanted, unsigned device_major, unsigned device_minor,
	unsigned long inode, long long start, long long end)
{
	return inode == wanted->file.st_ino && device_major == major(wanted->file.st_dev) &&
	       device_minor == minor(wanted->file.st_dev) && start <= wanted->byte &&
	       wanted->byte <= end;
}

/* Lines read "3: POSIX  ADVISORY  WRITE 1234 fe:01:5678 120 120"; the end may be "EOF". */
static long read_locks(FILE *locks, const struct wanted *wanted)
{
	char line[256];
	long holder = 0;

	while (!holder && fgets(line, sizeof(line), locks)) {
		unsigned device_major, device_minor;
		unsigned long inode;
		long long start;
		long process;
		char end[32];

		if (sscanf(line, "%*d: %*s %*s WRITE %9ld %8x:%8x:%18lu %18lld %31s", &process,
			    &device_major, &device_minor, &inode, &start, end) != 6)
			continue;
		if (process != getpid() &&
			is_wanted_lock(wanted, device_major, device_minor, inode, start,
				end[0] == 'E' ? wanted->byte : strtoll(end, NULL, 10)))
			holder = process;
	}
	return holder;
}

static long find_holder(const char *path, long long byte)
{
	struct wanted wanted = {.byte = byte};
	FILE *locks;
	long holder;

	if (stat(path, &wanted.file) != 0)
		return 0;
	locks = fopen("/proc/locks", "re");
	if (!locks)
		return 0;
	holder = read_locks(locks, &wanted);
	fclose(locks);
	return holder;
}

long lock_holder(const char *path)
{
	char *shared = memory_print("%s-shm", path);
	long holder = find_holder(shared, WAL_WRITER);

	free(shared);
	return holder ? holder : find_holder(path, MAIN_PENDING);
}
