#include "adapters/system/config.h"

#include <ctype.h>
#include <errno.h>
#include <ini.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "adapters/system/atomic_file.h"
#include "adapters/system/directory.h"
#include "domain/base/buffer.h"
#include "domain/base/memory.h"

/* A file being read: inih does not tell its handler the line, so lines are counted as they go by.
 */
struct reading {
	struct config *config;
	FILE *file;
	int line;
};

/* Takes a value in, or says what is wrong with it: a sentence to follow the name. */
typedef const char *(*take_fn)(struct config *config, void *field, const char *value);

struct setting {
	const char *name;
	take_fn take;
	size_t offset;
};

void config_warn(struct config *config, int line, const char *format, ...)
{
	va_list arguments;
	char *what;

	va_start(arguments, format);
	what = memory_vprint(format, arguments);
	va_end(arguments);
	config->warnings = memory_resize(
		config->warnings, config->warning_count + 1, sizeof(*config->warnings));
	config->warnings[config->warning_count++] =
		memory_print("%s:%d: %s", config->path, line, what);
	free(what);
}

static const char *take_string(struct config *config, void *field, const char *value)
{
	char **string = field;

	(void)config;
	if (!*value)
		return "is empty: give it a value or leave the line out";
	free(*string);
	*string = memory_copy_string(value);
	return NULL;
}

static const char *take_switch(struct config *config, void *field, const char *value)
{
	bool *on = field;
	static const char *const words[][2] = {{"off", "on"}, {"no", "yes"}, {"false", "true"}};

	(void)config;
	for (size_t i = 0; i < 3; i++) {
		for (int truth = 0; truth < 2; truth++) {
			if (strcmp(value, words[i][truth]) == 0) {
				*on = truth;
				return NULL;
			}
		}
	}
	return "has to be on or off";
}

static const char *take_color(struct config *config, void *field, const char *value)
{
	static const char *const names[] = {
		[CONFIG_COLOR_AUTO] = "auto",
		[CONFIG_COLOR_ALWAYS] = "always",
		[CONFIG_COLOR_NEVER] = "never",
	};
	int *color = field;

	(void)config;
	for (int i = 0; i < 3; i++) {
		if (strcmp(value, names[i]) == 0) {
			*color = i;
			return NULL;
		}
	}
	return "has to be auto, always or never";
}

/* Where to listen, or on: where it listens by itself. */
static const char *take_serve(struct config *config, void *field, const char *value)
{
	char **serve = field;
	bool on = true;
	bool is_switch = !take_switch(config, &on, value);

	if (!is_switch && !strpbrk(value, "0123456789"))
		return "has to be on, off or ADDRESS:PORT";
	free(*serve);
	*serve = on ? memory_copy_string(is_switch ? "" : value) : NULL;
	return NULL;
}

/* RFC 3986, 3.1. */
static bool is_scheme(const char *text, size_t length)
{
	if (length == 0 || !isalpha((unsigned char)text[0]))
		return false;
	for (size_t i = 0; i < length; i++)
		if (!isalnum((unsigned char)text[i]) && !strchr("+-.", text[i]))
			return false;
	return true;
}

static void add_scheme(struct config *config, const char *text, size_t length)
{
	char *scheme = memory_copy_bytes(text, length);

	for (char *c = scheme; *c; c++)
		*c = (char)tolower((unsigned char)*c);
	config->schemes =
		memory_resize(config->schemes, config->scheme_count + 1, sizeof(*config->schemes));
	config->schemes[config->scheme_count++] = scheme;
}

static const char *take_schemes(struct config *config, void *field, const char *value)
{
	(void)field;
	while (*value) {
		size_t length;

		value += strspn(value, ", \t");
		length = strcspn(value, ", \t:");
		if (length && !is_scheme(value, length))
			return "has to be a list of schemes such as mailto, ftp";
		if (length)
			add_scheme(config, value, length);
		value += length;
		value += strspn(value, ":");
	}
	return NULL;
}

static const struct setting settings[] = {
	{"browser", take_string, offsetof(struct config, browser)},
	{"schemes", take_schemes, offsetof(struct config, schemes)},
	{"token_command", take_string, offsetof(struct config, token_command)},
	{"token_file", take_string, offsetof(struct config, token_file)},
	{"ca_file", take_string, offsetof(struct config, ca_file)},
	{"user_agent", take_string, offsetof(struct config, user_agent)},
	{"color", take_color, offsetof(struct config, color)},
	{"theme", take_string, offsetof(struct config, theme)},
	{"mouse", take_switch, offsetof(struct config, mouse)},
	{"preview", take_switch, offsetof(struct config, preview)},
	{"ascii", take_switch, offsetof(struct config, ascii)},
	{"window_title", take_switch, offsetof(struct config, window_title)},
	{"serve", take_serve, offsetof(struct config, serve)},
	{"hooks", take_switch, offsetof(struct config, hooks)},
};

static void take_setting(struct reading *reading, const char *name, const char *value)
{
	struct config *config = reading->config;

	for (size_t i = 0; i < sizeof(settings) / sizeof(*settings); i++) {
		const char *wrong;

		if (strcmp(settings[i].name, name) != 0)
			continue;
		if (settings[i].offset == offsetof(struct config, theme))
			config->theme_line = reading->line;
		wrong = settings[i].take(config, (char *)config + settings[i].offset, value);
		if (wrong)
			config_warn(config, reading->line, "%s %s", name, wrong);
		return;
	}
	config_warn(config, reading->line,
		"there is no setting named %s: see CONFIGURATION in the manual", name);
}

static void take_binding(struct config_binding **bindings, size_t *count,
	const struct reading *reading, const char *action, const char *keys)
{
	*bindings = memory_resize(*bindings, *count + 1, sizeof(**bindings));
	(*bindings)[(*count)++] = (struct config_binding){
		.action = memory_copy_string(action),
		.keys = memory_copy_string(keys),
		.line = reading->line,
	};
}

static void take_schedule(struct reading *reading, const char *name, const char *value)
{
	struct config *config = reading->config;
	enum scheduled_job job = scheduled_job_of(name);
	struct error error = {0};

	if (job == SCHEDULED_JOBS)
		config_warn(config, reading->line,
			"there is no work named %s: browsers, stars and links can be scheduled",
			name);
	else if (schedule_read(&config->schedules[job], job, value, &error) != STATUS_OK)
		config_warn(config, reading->line, "%s %s", name, error.text);
}

static int on_line(void *self, const char *section, const char *name, const char *value)
{
	struct reading *reading = self;
	struct config *config = reading->config;

	if (strcmp(section, "keys") == 0)
		take_binding(&config->bindings, &config->binding_count, reading, name, value);
	else if (strcmp(section, "styles") == 0)
		take_binding(&config->styles, &config->style_count, reading, name, value);
	else if (strcmp(section, "searches") == 0)
		take_binding(&config->searches, &config->search_count, reading, name, value);
	else if (strcmp(section, "commands") == 0)
		take_binding(&config->commands, &config->command_count, reading, name, value);
	else if (strcmp(section, "schedule") == 0)
		take_schedule(reading, name, value);
	else if (!*section)
		take_setting(reading, name, value);
	else
		config_warn(config, reading->line,
			"there is no section [%s]: settings stand above [keys]", section);
	return 1;
}

/* What inih would pass over without a word is told here. A line that is indented goes on with the
 * one before. */
static void config_check(struct reading *reading, const char *line)
{
	bool marked = reading->line == 1 && strncmp(line, "\xef\xbb\xbf", 3) == 0;
	const char *first = marked ? line + 3 : line;

	if (!*first || strchr("#; \t\r\n", *first))
		return;
	if (*first == '[' ? !strchr(first, ']') : !strpbrk(first, "=:"))
		config_warn(reading->config, reading->line,
			"neither \"name = value\" nor \"[section]\": put # before a comment");
}

static char *config_read_line(char *line, int size, void *self)
{
	struct reading *reading = self;
	size_t length;

	if (!fgets(line, size, reading->file))
		return NULL;
	reading->line++;
	length = strlen(line);
	if (length == (size_t)size - 1 && line[length - 1] != '\n') {
		for (int c = getc(reading->file); c != EOF && c != '\n';)
			c = getc(reading->file);
		config_warn(reading->config, reading->line,
			"the line is longer than %d bytes: shorten it", size - 2);
		line[0] = '\0';
	}
	config_check(reading, line);
	return line;
}

static void read_file(struct config *config, bool is_wanted)
{
	struct reading reading = {.config = config, .file = fopen(config->path, "re")};

	if (!reading.file) {
		if (is_wanted || errno != ENOENT)
			config_warn(config, 0, "cannot be read: %s", strerror(errno));
		return;
	}
	ini_parse_stream(config_read_line, &reading, on_line, &reading);
	if (ferror(reading.file))
		config_warn(config, reading.line, "cannot be read: %s", strerror(errno));
	fclose(reading.file);
}

void config_read(struct config *config, const char *path, bool is_wanted)
{
	*config = (struct config){.preview = true, .hooks = true};
	if (!path)
		return;
	config->path = memory_copy_string(path);
	read_file(config, is_wanted);
}

static void free_all(char **strings, size_t count)
{
	for (size_t i = 0; i < count; i++)
		free(strings[i]);
	free(strings);
}

static void free_bindings(struct config_binding *bindings, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		free(bindings[i].action);
		free(bindings[i].keys);
	}
	free(bindings);
}

void config_finish(struct config *config)
{
	free_bindings(config->bindings, config->binding_count);
	free_bindings(config->styles, config->style_count);
	free_bindings(config->searches, config->search_count);
	free_bindings(config->commands, config->command_count);
	for (int job = 0; job < SCHEDULED_JOBS; job++)
		schedule_finish(&config->schedules[job]);
	free_all(config->schemes, config->scheme_count);
	free_all(config->warnings, config->warning_count);
	free(config->path);
	free(config->browser);
	free(config->token_command);
	free(config->token_file);
	free(config->ca_file);
	free(config->user_agent);
	free(config->theme);
	free(config->serve);
	*config = (struct config){0};
}

#define SEARCHES "searches"

/* A file this large is no configuration. */
#define LARGEST (1 << 20)

/* Where the line is to go: bytes from … to of the text are replaced by it. */
struct line_place {
	size_t from;
	size_t to;
	bool in_section; /* the section is there */
};

static size_t line_end(const char *text, size_t from)
{
	size_t length = strcspn(text + from, "\n");

	return from + length + (text[from + length] == '\n');
}

static bool line_opens_section(const char *line)
{
	return *line == '[';
}

static bool line_opens_searches(const char *line)
{
	size_t length = strlen(SEARCHES);

	return line[0] == '[' && strncmp(line + 1, SEARCHES, length) == 0 &&
	       line[1 + length] == ']';
}

static bool line_is_named(const char *line, const char *name)
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

static struct line_place line_place_find(const char *text, const char *name)
{
	struct line_place place = {strlen(text), strlen(text), false};
	bool inside = false;

	for (size_t at = 0; text[at]; at = line_end(text, at)) {
		if (line_opens_section(text + at)) {
			inside = line_opens_searches(text + at);
			if (inside)
				place = (struct line_place){
					line_end(text, at), line_end(text, at), true};
		} else if (inside && line_is_named(text + at, name)) {
			return (struct line_place){at, entry_end(text, at), true};
		} else if (inside && !strchr("\r\n", text[at])) {
			place.from = place.to = line_end(text, at); /* behind what is there */
		}
	}
	return place;
}

static char *config_with_search(const char *text, const char *name, const char *query)
{
	struct line_place place = line_place_find(text, name);
	struct buffer made = {0};

	buffer_add(&made, text, place.from);
	if (place.from > 0 && text[place.from - 1] != '\n')
		buffer_add_char(&made, '\n');
	if (!place.in_section)
		buffer_print(&made, "%s[" SEARCHES "]\n", *text ? "\n" : "");
	buffer_print(&made, "%s = %s\n", name, query);
	buffer_add_string(&made, text + place.to);
	return buffer_take(&made);
}

static enum status config_read_whole(
	const char *path, char **text, mode_t *mode, struct error *error)
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
	if (length > LARGEST || strlen(*text) != length)
		return error_fail(STATUS_INVALID, error, "%s is no configuration file", path);
	return STATUS_OK;
}

/* What a reader of the new file would find. */
static bool config_has_search(const char *path, const char *name, const char *query)
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

static enum status config_write_checked(const char *path, const char *text, mode_t mode,
	const char *name, const char *query, struct error *error)
{
	struct atomic_file file;
	enum status status = atomic_file_begin(&file, path, error);

	if (status != STATUS_OK)
		return status;
	status = atomic_file_write(&file, text, strlen(text), error);
	if (status == STATUS_OK && !config_has_search(file.temporary, name, query))
		status = error_fail(STATUS_INVALID, error,
			"a line of the configuration cannot hold \"%s = %s\"", name, query);
	fchmod(file.fd, mode);
	return atomic_file_end(&file, status, true, error);
}

/* The folder is made; a link leads to the file that is meant. The caller frees it. */
static char *config_target(const char *path)
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

	if (!*name || !*query)
		return error_fail(STATUS_INVALID, error, "a search needs a name and a filter");
	target = config_target(path);
	status = config_read_whole(target, &text, &mode, error);
	if (status == STATUS_OK) {
		made = config_with_search(text, name, query);
		status = config_write_checked(target, made, mode, name, query, error);
		free(made);
	}
	free(text);
	free(target);
	return status;
}
