#include "adapters/system/config_search.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "adapters/system/atomic_file.h"
#include "adapters/system/config.h"
#include "adapters/system/directory.h"
#include "domain/base/buffer.h"
#include "domain/base/memory.h"

#define SECTION "searches"

/* A file this large is no configuration. */
#define LARGEST (1 << 20)

/* Where the line is to go: bytes from … to of the text are replaced by it. */
struct place {
	size_t from;
	size_t to;
	bool in_section; /* the section is there */
};

static size_t line_end(const char *text, size_t from)
{
	size_t length = strcspn(text + from, "\n");

	return from + length + (text[from + length] == '\n');
}

static bool opens_section(const char *line)
{
	return *line == '[';
}

static bool is_section(const char *line)
{
	size_t length = strlen(SECTION);

	return line[0] == '[' && strncmp(line + 1, SECTION, length) == 0 && line[1 + length] == ']';
}

static bool is_named(const char *line, const char *name)
{
	size_t length = strcspn(line, "=:\r\n");

	if (line[length] != '=' && line[length] != ':')
		return false;
	while (length > 0 && strchr(" \t", line[length - 1]))
		length--;
	return length == strlen(name) && strncmp(line, name, length) == 0;
}

/* Lines that go on with the one before belong to it. */
static size_t entry_end(const char *text, size_t from)
{
	size_t end = line_end(text, from);

	while (text[end] == ' ' || text[end] == '\t')
		end = line_end(text, end);
	return end;
}

static struct place find_place(const char *text, const char *name)
{
	struct place place = {strlen(text), strlen(text), false};
	bool inside = false;

	for (size_t at = 0; text[at]; at = line_end(text, at)) {
		if (opens_section(text + at)) {
			inside = is_section(text + at);
			if (inside)
				place = (struct place){
					line_end(text, at), line_end(text, at), true};
		} else if (inside && is_named(text + at, name)) {
			return (struct place){at, entry_end(text, at), true};
		} else if (inside && !strchr("\r\n", text[at])) {
			place.from = place.to = line_end(text, at); /* behind what is there */
		}
	}
	return place;
}

static char *with_line(const char *text, const char *name, const char *query)
{
	struct place place = find_place(text, name);
	struct buffer made = {0};

	buffer_add(&made, text, place.from);
	if (place.from > 0 && text[place.from - 1] != '\n')
		buffer_add_char(&made, '\n');
	if (!place.in_section)
		buffer_print(&made, "%s[" SECTION "]\n", *text ? "\n" : "");
	buffer_print(&made, "%s = %s\n", name, query);
	buffer_add_string(&made, text + place.to);
	return buffer_take(&made);
}

static enum status read_whole(const char *path, char **text, mode_t *mode, struct error *error)
{
	FILE *file = fopen(path, "re");
	struct stat info;
	size_t length;

	*mode = 0600;
	*text = memory_array(LARGEST + 1, 1);
	if (!file && errno == ENOENT)
		return STATUS_OK;
	if (!file || fstat(fileno(file), &info) != 0) {
		error_set(error, "%s cannot be read: %s", path, strerror(errno));
		if (file)
			fclose(file);
		return STATUS_IO;
	}
	*mode = info.st_mode & 07777;
	length = fread(*text, 1, LARGEST + 1, file);
	fclose(file);
	if (length > LARGEST || strlen(*text) != length) {
		error_set(error, "%s is no configuration file", path);
		return STATUS_INVALID;
	}
	return STATUS_OK;
}

/* What a reader of the new file would find. */
static bool says_it(const char *path, const char *name, const char *query)
{
	struct config config;
	bool found = false;

	config_read(&config, path, true);
	for (size_t i = 0; i < config.search_count; i++)
		found |= strcmp(config.searches[i].action, name) == 0 &&
			 strcmp(config.searches[i].keys, query) == 0;
	config_finish(&config);
	return found;
}

static enum status write_checked(const char *path, const char *text, mode_t mode, const char *name,
	const char *query, struct error *error)
{
	struct atomic_file file;
	enum status status = atomic_file_begin(&file, path, error);

	if (status != STATUS_OK)
		return status;
	status = atomic_file_write(&file, text, strlen(text), error);
	if (status == STATUS_OK && !says_it(file.temporary, name, query)) {
		error_set(
			error, "a line of the configuration cannot hold \"%s = %s\"", name, query);
		status = STATUS_INVALID;
	}
	if (status != STATUS_OK) {
		atomic_file_cancel(&file);
		return status;
	}
	fchmod(file.fd, mode);
	return atomic_file_commit(&file, true, error);
}

/* The folder is made; a link leads to the file that is meant. The caller frees it. */
static char *target_of(const char *path)
{
	char *target = realpath(path, NULL);
	char *folder;

	if (target)
		return target;
	folder = directory_of(path);
	directory_make(folder, NULL);
	free(folder);
	return memory_copy_string(path);
}

enum status config_save_search(
	const char *path, const char *name, const char *query, struct error *error)
{
	char *target, *text, *made;
	mode_t mode;
	enum status status;

	if (!*name || !*query) {
		error_set(error, "a search needs a name and a filter");
		return STATUS_INVALID;
	}
	target = target_of(path);
	status = read_whole(target, &text, &mode, error);
	if (status == STATUS_OK) {
		made = with_line(text, name, query);
		status = write_checked(target, made, mode, name, query, error);
		free(made);
	}
	free(text);
	free(target);
	return status;
}
