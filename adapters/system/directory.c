#include "adapters/system/directory.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "domain/base/memory.h"
#include "domain/base/text.h"

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
	return error_fail(STATUS_IO, error, "%s is not a folder", part);
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

const char *directory_entry(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
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

enum { NAMES_MAX = 500 };

/* Where names are looked for, and how they begin. */
struct names_search {
	const char *typed;
	size_t folder_length; /* of typed, with its last "/" */
	char *folder;
};

static void names_search_init(struct names_search *search, const char *typed)
{
	const char *slash = strrchr(typed, '/');
	const char *home = getenv("HOME");

	search->typed = typed;
	search->folder_length = slash ? (size_t)(slash - typed) + 1 : 0;
	if (typed[0] == '~' && typed[1] == '/' && home)
		search->folder =
			memory_print("%s/%.*s", home, (int)search->folder_length - 2, typed + 2);
	else
		search->folder =
			memory_print("%s%.*s", slash ? "" : ".", (int)search->folder_length, typed);
}

static bool names_search_offers(const struct names_search *search, const char *name)
{
	const char *begin = search->typed + search->folder_length;
	size_t length = strlen(name);

	if (strncmp(name, begin, strlen(begin)) != 0 || !text_is_valid(name, length))
		return false;
	for (const char *c = name; *c; c++)
		if ((unsigned char)*c < 0x20 || *c == 0x7f)
			return false;
	if (name[0] != '.')
		return true;
	return begin[0] == '.' && strcmp(name, ".") != 0 && strcmp(name, "..") != 0;
}

static bool names_search_is_directory(const struct names_search *search, const char *name)
{
	char *path = memory_print("%s/%s", search->folder, name);
	struct stat info;
	bool folder = stat(path, &info) == 0 && S_ISDIR(info.st_mode);

	free(path);
	return folder;
}

static void names_search_add(
	const struct names_search *search, const char *name, struct buffer *lines)
{
	if (lines->length)
		buffer_add_char(lines, '\n');
	buffer_add(lines, search->typed, search->folder_length);
	buffer_add_string(lines, name);
	if (names_search_is_directory(search, name))
		buffer_add_char(lines, '/');
}

void directory_names(const char *typed, struct buffer *lines)
{
	struct names_search search;
	struct dirent **entries = NULL;
	int count, offered = 0;

	names_search_init(&search, typed);
	count = scandir(search.folder, &entries, NULL, alphasort);
	for (int i = 0; i < count; i++) {
		if (offered < NAMES_MAX && names_search_offers(&search, entries[i]->d_name)) {
			names_search_add(&search, entries[i]->d_name, lines);
			offered++;
		}
		free(entries[i]);
	}
	free(entries);
	free(search.folder);
}
