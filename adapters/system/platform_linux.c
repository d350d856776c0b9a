#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "adapters/system/platform.h"

const char *platform_secure_env(const char *name)
{
	return secure_getenv(name);
}

int platform_child_fd(pid_t process)
{
	return (int)syscall(SYS_pidfd_open, process, 0);
}

int platform_memory_file(void)
{
	return memfd_create("barky", MFD_CLOEXEC);
}

/* Not every file system has O_TMPFILE (open(2)). */
int platform_disk_file(void)
{
	const char *folder = platform_secure_env("TMPDIR");
	char path[] = "/tmp/barky-XXXXXX";
	int fd = open(folder && *folder ? folder : "/tmp", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);

	if (fd >= 0)
		return fd;
	fd = mkostemp(path, O_CLOEXEC);
	if (fd >= 0)
		unlink(path);
	return fd;
}

void platform_guard_memory(void)
{
	struct rlimit limit;

	prctl(PR_SET_DUMPABLE, 0); /* no /proc/PID/mem either */
	if (getrlimit(RLIMIT_CORE, &limit) != 0)
		return;
	limit.rlim_cur = 0;
	setrlimit(RLIMIT_CORE, &limit);
}

void platform_wipe(void *bytes, size_t length)
{
	explicit_bzero(bytes, length);
}
