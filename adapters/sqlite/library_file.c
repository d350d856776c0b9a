#include "adapters/sqlite/library_file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "adapters/system/directory.h"
#include "adapters/sqlite/schema.h"
#include "adapters/system/atomic_file.h"
#include "domain/base/memory.h"

/* SQLite's file format, 1.3. */
#define HEADER_SIZE           100
#define HEADER_WRITE_VERSION  18
#define HEADER_USER_VERSION   60
#define HEADER_APPLICATION_ID 68

const char *const library_file_endings[LIBRARY_FILES] = {"", "-wal", "-shm"};

bool library_file_is_part(const char *library, const char *path)
{
	struct stat given, own;
	bool same = false;

	if (stat(path, &given) != 0)
		return false;
	for (size_t i = 0; i < LIBRARY_FILES && !same; i++) {
		char *file = memory_print("%s%s", library, library_file_endings[i]);

		same = stat(file, &own) == 0 && own.st_dev == given.st_dev &&
		       own.st_ino == given.st_ino;
		free(file);
	}
	return same;
}

static uint32_t number_at(const unsigned char *header, size_t place)
{
	return (uint32_t)header[place] << 24 | (uint32_t)header[place + 1] << 16 |
	       (uint32_t)header[place + 2] << 8 | header[place + 3];
}

void library_file_say_too_new(
	const char *path, int version, const struct schema *schema, struct error *error)
{
	error_set(error,
		"%s has schema %d, of a later barky; this one knows schema %d: bring barky up to "
		"date",
		path, version, schema->version);
}

static enum status foreign(const char *path, const char *what, struct error *error)
{
	return error_fail(STATUS_FOREIGN, error, "%s is %s, not a barky library", path, what);
}

static enum status look_at_file(const char *path, const struct stat *found, struct error *error)
{
	if (S_ISDIR(found->st_mode))
		return foreign(path, "a folder", error);
	if (!S_ISREG(found->st_mode))
		return foreign(path, "no regular file", error);
	if (geteuid() != 0 && found->st_uid != geteuid())
		return error_fail(STATUS_FOREIGN, error,
			"%s belongs to another user: copy it, or run barky as that user", path);
	if (found->st_size == 0)
		return foreign(path, "an empty file", error);
	return STATUS_OK;
}

static enum status read_header(
	const char *path, unsigned char header[HEADER_SIZE], struct error *error)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	ssize_t length;

	if (fd < 0)
		return error_fail(STATUS_IO, error, "%s cannot be read: %s", path, strerror(errno));
	length = pread(fd, header, HEADER_SIZE, 0);
	close(fd);
	if (length < HEADER_SIZE || memcmp(header, "SQLite format 3", 16) != 0)
		return foreign(path, "some other file", error);
	return STATUS_OK;
}

static enum status look_at_header(struct library_file *file, const char *path,
	const struct schema *schema, struct error *error)
{
	unsigned char header[HEADER_SIZE];
	enum status status = read_header(path, header, error);

	if (status != STATUS_OK)
		return status;
	if (number_at(header, HEADER_APPLICATION_ID) != SCHEMA_APPLICATION_ID)
		return foreign(path, "another program's database", error);
	file->wal = header[HEADER_WRITE_VERSION] == 2;
	file->version = (int)number_at(header, HEADER_USER_VERSION);
	if (file->version > schema->version) {
		library_file_say_too_new(path, file->version, schema, error);
		return STATUS_TOO_NEW;
	}
	return STATUS_OK;
}

enum status library_file_look(struct library_file *file, const char *path,
	const struct schema *schema, struct error *error)
{
	struct stat found;
	enum status status;

	*file = (struct library_file){0};
	if (stat(path, &found) != 0) {
		if (errno == ENOENT)
			return STATUS_OK;
		return error_fail(STATUS_IO, error, "%s cannot be read: %s", path, strerror(errno));
	}
	file->there = true;
	status = look_at_file(path, &found, error);
	return status == STATUS_OK ? look_at_header(file, path, schema, error) : status;
}

/* Where a dangling link leads; one level, as people make them. The caller frees it. */
static char *target_of(const char *path)
{
	char link[PATH_MAX];
	ssize_t length = readlink(path, link, sizeof(link) - 1);
	char *folder, *target;

	if (length <= 0)
		return memory_copy_string(path);
	link[length] = '\0';
	if (link[0] == '/')
		return memory_copy_string(link);
	folder = directory_of(path);
	target = memory_print("%s/%s", folder, link);
	free(folder);
	return target;
}

enum status library_file_make(
	const char *path, const void *bytes, size_t length, struct error *error)
{
	char *target = target_of(path);
	char *folder = directory_of(target);
	struct atomic_file file;
	enum status status = directory_make(folder, error);

	if (status == STATUS_OK)
		status = atomic_file_begin(&file, target, error);
	if (status == STATUS_OK) {
		status = atomic_file_write(&file, bytes, length, error);
		status = atomic_file_end(&file, status, false, error);
	}
	free(folder);
	free(target);
	return status;
}

static bool is_plain(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       (c && strchr("/-._~", c));
}

char *library_file_immutable_uri(const char *path)
{
	static const char digits[] = "0123456789ABCDEF";
	static const char scheme[] = "file:", mode[] = "?immutable=1";
	char *uri = memory_array(strlen(path) * 3 + sizeof(scheme) + sizeof(mode), 1);
	char *end = stpcpy(uri, scheme);

	for (const unsigned char *c = (const unsigned char *)path; *c; c++) {
		if (is_plain(*c)) {
			*end++ = (char)*c;
			continue;
		}
		*end++ = '%';
		*end++ = digits[*c >> 4];
		*end++ = digits[*c & 15];
	}
	memcpy(end, mode, sizeof(mode));
	return uri;
}

bool library_file_has_wal(const char *path)
{
	char *wal = memory_print("%s-wal", path);
	struct stat found;
	bool has = stat(wal, &found) == 0 && found.st_size > 0;

	free(wal);
	return has;
}
