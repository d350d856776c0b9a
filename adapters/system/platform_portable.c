#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

#include "adapters/system/descriptor.h"
#include "adapters/system/platform.h"
#include "domain/base/memory.h"

const char *platform_secure_env(const char *name)
{
	return getuid() == geteuid() && getgid() == getegid() ? getenv(name) : NULL;
}

int platform_child_fd(pid_t process)
{
	(void)process;
	return -1;
}

int platform_memory_file(void)
{
	return platform_disk_file();
}

int platform_disk_file(void)
{
	const char *folder = platform_secure_env("TMPDIR");
	char *path = memory_print("%s/barky-XXXXXX", folder && *folder ? folder : "/tmp");
	int fd = mkstemp(path);

	if (fd >= 0) {
		unlink(path);
		descriptor_close_on_exec(fd);
	}
	free(path);
	return fd;
}

void platform_guard_memory(void)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_CORE, &limit) != 0)
		return;
	limit.rlim_cur = 0;
	setrlimit(RLIMIT_CORE, &limit);
}

/* Each write counts, so that none is left out as useless. */
void platform_wipe(void *bytes, size_t length)
{
	volatile unsigned char *next = bytes;

	while (length-- > 0)
		*next++ = 0;
}
