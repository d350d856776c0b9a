#include "adapters/system/atomic_file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "adapters/system/descriptor.h"
#include "adapters/system/directory.h"
#include "domain/base/memory.h"

static enum status file_explain(
	const struct atomic_file *file, const char *what, struct error *error)
{
	enum status status = status_of_errno(errno);

	error_set(error, "cannot %s %s: %s", what, file->path, strerror(errno));
	return status;
}

bool atomic_file_is_leftover(const char *name, const char *of)
{
	size_t length = strlen(of);
	long process;
	int end = 0;

	return strncmp(name, of, length) == 0 &&
	       sscanf(name + length, ".new.%9ld%n", &process, &end) == 1 &&
	       name[length + (size_t)end] == '\0' && process > 0 && kill((pid_t)process, 0) != 0 &&
	       errno == ESRCH;
}

/* A process that we cannot see, in a container beside us, still holds its lock. */
static void remove_unlocked(const char *folder, const char *name)
{
	char *path = memory_print("%s/%s", folder, name);
	int fd = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);

	if (fd >= 0) {
		if (flock(fd, LOCK_EX | LOCK_NB) == 0)
			unlink(path);
		close(fd);
	}
	free(path);
}

static void remove_leftovers(const char *path)
{
	char *folder = directory_of(path);
	DIR *directory = opendir(folder);
	struct dirent *entry;

	while (directory && (entry = readdir(directory)))
		if (atomic_file_is_leftover(entry->d_name, directory_entry(path)))
			remove_unlocked(folder, entry->d_name);
	if (directory)
		closedir(directory);
	free(folder);
}

/* A leftover of a killed program that had our number is in nobody's way. */
static int create(const char *path)
{
	const int flags = O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;
	int fd = open(path, flags, 0600);

	if (fd < 0 && errno == EEXIST && unlink(path) == 0)
		fd = open(path, flags, 0600);
	if (fd >= 0)
		flock(fd, LOCK_EX | LOCK_NB);
	return fd;
}

enum status atomic_file_begin(struct atomic_file *file, const char *path, struct error *error)
{
	*file = (struct atomic_file){
		.path = memory_copy_string(path),
		.temporary = memory_print("%s.new.%ld", path, (long)getpid()),
	};
	remove_leftovers(path);
	file->fd = create(file->temporary);
	if (file->fd >= 0 && fchmod(file->fd, 0600) == 0)
		return STATUS_OK;

	enum status status = file_explain(file, "write", error);

	atomic_file_cancel(file);
	return status;
}

enum status atomic_file_write(
	struct atomic_file *file, const void *bytes, size_t length, struct error *error)
{
	return descriptor_write(file->fd, bytes, length) ? STATUS_OK
							 : file_explain(file, "write", error);
}

#ifndef HAVE_RENAMEAT2
#define RENAME_NOREPLACE 1

/* Not in musl, and Linux's own: link() does it where this cannot. */
static int renameat2(
	int from_folder, const char *from, int to_folder, const char *to, unsigned flags)
{
	(void)from_folder, (void)from, (void)to_folder, (void)to, (void)flags;
	errno = ENOSYS;
	return -1;
}
#endif

/* link() refuses where something is; some file systems have no hard links, but know renameat2(). */
static int put_in_place(const struct atomic_file *file, bool replace)
{
	if (replace)
		return rename(file->temporary, file->path);
	if (renameat2(AT_FDCWD, file->temporary, AT_FDCWD, file->path, RENAME_NOREPLACE) == 0)
		return 0;
	if (errno != EINVAL && errno != ENOSYS)
		return -1;
	if (link(file->temporary, file->path) != 0)
		return -1;
	return unlink(file->temporary);
}

static enum status sync_and_close(struct atomic_file *file, struct error *error)
{
	int synced = file->unsynced ? 0 : fsync(file->fd);
	int failure = errno;
	int closed = close(file->fd);

	file->fd = -1;
	if (synced == 0 && closed == 0)
		return STATUS_OK;
	if (synced != 0)
		errno = failure;
	return file_explain(file, "write", error);
}

enum status atomic_file_commit(struct atomic_file *file, bool replace, struct error *error)
{
	enum status status = sync_and_close(file, error);
	char *folder = directory_of(file->path);

	if (status == STATUS_OK && put_in_place(file, replace) != 0) {
		if (errno == EEXIST) {
			status = error_fail(
				STATUS_CONFLICT, error, "%s is there already", file->path);
		} else {
			status = file_explain(file, "write", error);
		}
	}
	if (status == STATUS_OK && !file->unsynced)
		status = directory_sync(folder, error);
	free(folder);
	atomic_file_cancel(file);
	return status;
}

void atomic_file_cancel(struct atomic_file *file)
{
	if (file->fd >= 0)
		close(file->fd);
	if (file->temporary)
		unlink(file->temporary);
	free(file->temporary);
	free(file->path);
	*file = (struct atomic_file){.fd = -1};
}

enum status atomic_file_end(
	struct atomic_file *file, enum status status, bool replace, struct error *error)
{
	if (status == STATUS_OK)
		return atomic_file_commit(file, replace, error);
	atomic_file_cancel(file);
	return status;
}
