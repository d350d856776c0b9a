#include "adapters/system/folder.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "domain/base/memory.h"

enum status status_of_errno(int error)
{
	switch (error) {
	case ENOSPC:
	case EDQUOT:
	case EFBIG: return STATUS_FULL;
	case EACCES:
	case EPERM:
	case EROFS: return STATUS_READ_ONLY;
	default: return STATUS_IO;
	}
}

/* chmod() besides, as a strict umask would take the owner's own bits. */
static int make_one(const char *path)
{
	if (mkdir(path, 0700) == 0)
		return chmod(path, 0700);
	return errno == EEXIST ? 0 : -1;
}

enum status folder_make(const char *path, struct reason *reason)
{
	char *part = memory_copy_string(path);
	enum status status = STATUS_OK;
	struct stat found;

	for (char *slash = strchr(part + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		if (stat(part, &found) != 0)
			make_one(part); /* if it fails, the last one does too and says why */
		*slash = '/';
	}
	if (make_one(part) != 0 || stat(part, &found) != 0) {
		status = status_of_errno(errno);
		reason_say(reason, "cannot make the folder %s: %s", path, strerror(errno));
	} else if (!S_ISDIR(found.st_mode)) {
		status = STATUS_IO;
		reason_say(reason, "%s is not a folder", path);
	}
	free(part);
	return status;
}

char *folder_of(const char *path)
{
	const char *slash = strrchr(path, '/');

	if (!slash)
		return memory_copy_string(".");
	return memory_copy_bytes(path, slash == path ? 1 : (size_t)(slash - path));
}

enum status folder_sync(const char *path, struct reason *reason)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int failed = fd < 0 || fsync(fd) != 0;
	int error = errno;

	if (fd >= 0)
		close(fd);
	if (!failed || error == EINVAL)
		return STATUS_OK;
	reason_say(reason, "cannot sync the folder %s: %s", path, strerror(error));
	return status_of_errno(error);
}
