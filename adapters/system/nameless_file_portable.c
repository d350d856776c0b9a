#include <stdlib.h>
#include <unistd.h>

#include "adapters/system/descriptor.h"
#include "adapters/system/environment.h"
#include "adapters/system/nameless_file.h"
#include "domain/base/memory.h"

int nameless_file_in_memory(void)
{
	return nameless_file_on_disk();
}

int nameless_file_on_disk(void)
{
	const char *folder = environment_secure("TMPDIR");
	char *path = memory_print("%s/barky-XXXXXX", folder && *folder ? folder : "/tmp");
	int fd = mkstemp(path);

	if (fd >= 0) {
		unlink(path);
		descriptor_close_on_exec(fd);
	}
	free(path);
	return fd;
}
