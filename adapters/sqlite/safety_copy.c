#include "adapters/sqlite/safety_copy.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

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

/* The version and number in "NAME.before-VERSION.NUMBER", with nothing behind them. */
static int copy_read_name(const char *name, const char *library, struct copy *copy)
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

static void copies_find(const char *path, struct copies *copies)
{
	char *folder = directory_of(path);
	DIR *directory = opendir(folder);
	struct dirent *entry;
	struct copy copy;

	while (directory && (entry = readdir(directory))) {
		if (!copy_read_name(entry->d_name, directory_entry(path), &copy))
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

static void copies_finish(struct copies *copies)
{
	for (size_t i = 0; i < copies->count; i++)
		free(copies->items[i].path);
	free(copies->items);
}

char *safety_copy_newest(const char *path)
{
	struct copies copies = {0};
	char *newest = NULL;

	copies_find(path, &copies);
	if (copies.count)
		newest = memory_copy_string(copies.items[0].path);
	copies_finish(&copies);
	return newest;
}

char *safety_copy_next(const char *path, int version)
{
	struct copies copies = {0};
	long number;

	copies_find(path, &copies);
	number = copies.count ? copies.items[0].number + 1 : 1;
	copies_finish(&copies);
	return memory_print("%s.before-%d.%ld", path, version, number);
}

void safety_copy_prune(const char *path)
{
	struct copies copies = {0};

	copies_find(path, &copies);
	for (size_t i = KEPT; i < copies.count; i++)
		unlink(copies.items[i].path);
	copies_finish(&copies);
}
