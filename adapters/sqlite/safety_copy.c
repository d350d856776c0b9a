#include "adapters/sqlite/safety_copy.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "adapters/sqlite/backup.h"
#include "adapters/system/directory.h"
#include "domain/base/memory.h"

#define KEPT 3

struct copy {
	char *path;
	long version;
	long number;
};

struct copies {
	struct copy *items; /* newest first */
	size_t count;
	size_t capacity;
};

static const char *name_of(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

/* The version and number in "NAME.before-VERSION.NUMBER", with nothing behind them. */
static int read_name(const char *name, const char *library, struct copy *copy)
{
	size_t length = strlen(library);
	int end = 0;

	return strncmp(name, library, length) == 0 &&
	       sscanf(name + length, ".before-%9ld.%9ld%n", &copy->version, &copy->number, &end) ==
		       2 &&
	       name[length + (size_t)end] == '\0';
}

/* The number alone tells the age: each is one more than the last. */
static int copy_compare(const void *a, const void *b)
{
	const struct copy *left = a, *right = b;

	return (left->number < right->number) - (left->number > right->number);
}

static void find_copies(const char *path, struct copies *copies)
{
	char *folder = directory_of(path);
	DIR *directory = opendir(folder);
	struct dirent *entry;
	struct copy copy;

	while (directory && (entry = readdir(directory))) {
		if (!read_name(entry->d_name, name_of(path), &copy))
			continue;
		copy.path = memory_print("%s/%s", folder, entry->d_name);
		copies->items = memory_grow(
			copies->items, copies->count, &copies->capacity, sizeof(*copies->items));
		copies->items[copies->count++] = copy;
	}
	if (directory)
		closedir(directory);
	free(folder);
	if (copies->count)
		qsort(copies->items, copies->count, sizeof(*copies->items), copy_compare);
}

static void copy_finish(struct copies *copies)
{
	for (size_t i = 0; i < copies->count; i++)
		free(copies->items[i].path);
	free(copies->items);
}

char *safety_copy_newest(const char *path)
{
	struct copies copies = {0};
	char *newest = NULL;

	find_copies(path, &copies);
	if (copies.count)
		newest = memory_copy_string(copies.items[0].path);
	copy_finish(&copies);
	return newest;
}

/* Another program that is about to migrate may have taken the number meanwhile. */
static enum status make_numbered(
	struct sqlite3 *handle, const char *path, int version, long number, struct error *error)
{
	enum status status;

	do {
		char *target = memory_print("%s.before-%d.%ld", path, version, number++);

		status = backup_write(handle, target, false, error);
		free(target);
	} while (status == STATUS_CONFLICT);
	return status;
}

enum status safety_copy_make(
	struct sqlite3 *handle, const char *path, int version, struct error *error)
{
	struct copies copies = {0};
	enum status status;

	find_copies(path, &copies);
	status = make_numbered(
		handle, path, version, copies.count ? copies.items[0].number + 1 : 1, error);
	for (size_t i = KEPT - 1; status == STATUS_OK && i < copies.count; i++)
		unlink(copies.items[i].path);
	copy_finish(&copies);
	return status;
}
