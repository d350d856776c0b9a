#include "adapters/system/directory.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "domain/base/memory.h"

enum status status_of_errno(int failure)
{
	switch (failure) {
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

static enum status directory_fail(const char *path, int failure, struct error *error)
{
	error_set(error, "cannot make the folder %s: %s", path, strerror(failure));
	return status_of_errno(failure);
}

/* Of several that cannot be made the first says why: the others are missing since it is. */
static enum status make_all(char *part, struct error *error)
{
	struct stat found;

	for (char *slash = strchr(part + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		if (stat(part, &found) != 0 && make_one(part) != 0)
			return directory_fail(part, errno, error);
		*slash = '/';
	}
	if (make_one(part) != 0 || stat(part, &found) != 0)
		return directory_fail(part, errno, error);
	if (S_ISDIR(found.st_mode))
		return STATUS_OK;
	error_set(error, "%s is not a folder", part);
	return STATUS_IO;
}

enum status directory_make(const char *path, struct error *error)
{
	char *part = memory_copy_string(path);
	enum status status = make_all(part, error);

	free(part);
	return status;
}

char *directory_of(const char *path)
{
	const char *slash = strrchr(path, '/');

	if (!slash)
		return memory_copy_string(".");
	return memory_copy_bytes(path, slash == path ? 1 : (size_t)(slash - path));
}

enum status directory_sync(const char *path, struct error *error)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int failed = fd < 0 || fsync(fd) != 0;
	int failure = errno;

	if (fd >= 0)
		close(fd);
	if (!failed || failure == EINVAL)
		return STATUS_OK;
	error_set(error, "cannot sync the folder %s: %s", path, strerror(failure));
	return status_of_errno(failure);
}
