#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "adapters/system/environment.h"
#include "adapters/system/nameless_file.h"

int nameless_file_in_memory(void)
{
	return memfd_create("barky", MFD_CLOEXEC);
}

/* Not every file system has O_TMPFILE (open(2)). */
int nameless_file_on_disk(void)
{
	const char *folder = environment_secure("TMPDIR");
	char path[] = "/tmp/barky-XXXXXX";
	int fd = open(folder && *folder ? folder : "/tmp", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);

	if (fd >= 0)
		return fd;
	fd = mkostemp(path, O_CLOEXEC);
	if (fd >= 0)
		unlink(path);
	return fd;
}
