#include "adapters/files/file_names.h"

#include <dirent.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "domain/base/memory.h"
#include "domain/base/text.h"

enum { NAMES_MAX = 500 };

/* Where names are looked for, and how they begin. */
struct search {
	const char *typed;
	size_t folder_length; /* of typed, with its last "/" */
	char *folder;
};

static void search_init(struct search *search, const char *typed)
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

static bool is_offered(const struct search *search, const char *name)
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

static bool is_folder(const struct search *search, const char *name)
{
	char *path = memory_print("%s/%s", search->folder, name);
	struct stat info;
	bool folder = stat(path, &info) == 0 && S_ISDIR(info.st_mode);

	free(path);
	return folder;
}

static void add_line(const struct search *search, const char *name, struct buffer *lines)
{
	if (lines->length)
		buffer_add_char(lines, '\n');
	buffer_add(lines, search->typed, search->folder_length);
	buffer_add_string(lines, name);
	if (is_folder(search, name))
		buffer_add_char(lines, '/');
}

void file_names_list(const char *typed, struct buffer *lines)
{
	struct search search;
	struct dirent **entries = NULL;
	int count, offered = 0;

	search_init(&search, typed);
	count = scandir(search.folder, &entries, NULL, alphasort);
	for (int i = 0; i < count; i++) {
		if (offered < NAMES_MAX && is_offered(&search, entries[i]->d_name)) {
			add_line(&search, entries[i]->d_name, lines);
			offered++;
		}
		free(entries[i]);
	}
	free(entries);
	free(search.folder);
}
