#include "adapters/doctor/place_check.h"

#include <dirent.h>
#include <linux/magic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/vfs.h>

#include "adapters/system/directory.h"
#include "adapters/sqlite/safety_copy.h"
#include "adapters/system/atomic_file.h"
#include "domain/base/memory.h"

#define LARGE_WAL    (64L << 20)
#define LITTLE_SPACE (64L << 20)

/* Of <linux/magic.h> not all are there in every version. */
#define CIFS_MAGIC 0xff534d42
#define SMB2_MAGIC 0xfe534d42

static const char *const companions[] = {"", "-wal", "-shm"};

static void check_mode(const char *path, const struct stat *found, const struct check *check)
{
	if (found->st_mode & 077)
		check_say(check, CHECK_WRONG, "%s can be read by others (mode %04o): chmod 600 %s",
			path, found->st_mode & 07777, path);
}

static void check_links(const char *path, const struct stat *found, const struct check *check)
{
	if (found->st_nlink > 1)
		check_say(check, CHECK_WRONG,
			"%s has %lu hard links, by which a database gets lost: keep one", path,
			(unsigned long)found->st_nlink);
}

static void check_files(const char *path, const struct check *check)
{
	for (size_t i = 0; i < sizeof(companions) / sizeof(*companions); i++) {
		char *file = memory_print("%s%s", path, companions[i]);
		struct stat found;

		if (stat(file, &found) == 0) {
			check_mode(file, &found, check);
			check_links(file, &found, check);
			if (i == 1 && found.st_size > LARGE_WAL)
				check_say(check, CHECK_NOTE,
					"%s has %ld MiB: close the programs that use the library",
					file, (long)(found.st_size >> 20));
		}
		free(file);
	}
}

static bool is_remote(long type)
{
	return type == NFS_SUPER_MAGIC || type == (long)CIFS_MAGIC || type == (long)SMB2_MAGIC ||
	       type == SMB_SUPER_MAGIC || type == AFS_SUPER_MAGIC || type == V9FS_MAGIC;
}

static void check_place(const char *folder, const struct check *check)
{
	struct statvfs space;
	struct statfs kind;
	struct stat found;

	if (stat(folder, &found) == 0 && (found.st_mode & 022) && !(found.st_mode & S_ISVTX))
		check_say(check, CHECK_WRONG, "others can write to %s: chmod go-w %s", folder,
			folder);
	if (statfs(folder, &kind) == 0 && is_remote((long)kind.f_type))
		check_say(check, CHECK_NOTE,
			"%s is on a network file system, where a library may get damaged: move it",
			folder);
	if (statvfs(folder, &space) == 0 &&
		(unsigned long long)space.f_bavail * space.f_frsize < LITTLE_SPACE)
		check_say(check, CHECK_NOTE, "little space is left in %s: %llu MiB", folder,
			(unsigned long long)space.f_bavail * space.f_frsize >> 20);
}

static void check_leftovers(const char *path, const char *folder, const struct check *check)
{
	const char *slash = strrchr(path, '/');
	DIR *directory = opendir(folder);
	struct dirent *entry;

	while (directory && (entry = readdir(directory)))
		if (atomic_file_is_leftover(entry->d_name, slash ? slash + 1 : path))
			check_say(check, CHECK_NOTE,
				"%s/%s was left over by a barky that was killed: remove it", folder,
				entry->d_name);
	if (directory)
		closedir(directory);
}

static void tell_of_copy(const char *path, const struct check *check)
{
	char *copy = safety_copy_newest(path);

	if (copy)
		check_say(check, CHECK_FINE, "a copy from before the last migration: %s", copy);
	free(copy);
}

void place_check(const char *path, const struct check *check)
{
	char *folder = directory_of(path);

	check_files(path, check);
	check_place(folder, check);
	check_leftovers(path, folder, check);
	tell_of_copy(path, check);
	free(folder);
}
