#include "adapters/system/browser.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "adapters/system/desktop.h"
#include "adapters/system/directory.h"
#include "adapters/system/spawn.h"
#include "adapters/system/argv.h"
#include "domain/base/memory.h"
#include "domain/bookmarks/url.h"

static const struct desktop_program openers[] = {
	{NULL, {"xdg-open", NULL}},
	{NULL, {"open", NULL}},
	{NULL, {"wslview", NULL}},
};
static const char *const text_browsers[] = {
	"w3m", "lynx", "links", "links2", "elinks", "www-browser"};

#define COUNT(table) (sizeof(table) / sizeof(*(table)))

static bool has_control(const char *url)
{
	for (const unsigned char *c = (const unsigned char *)url; *c; c++)
		if (*c < 0x20 || *c == 0x7f)
			return true;
	return false;
}

static bool has_listed_scheme(const struct browser *browser, const char *url)
{
	size_t length = strcspn(url, ":");

	for (size_t i = 0; i < browser->scheme_count; i++)
		if (strlen(browser->schemes[i]) == length &&
			strncasecmp(url, browser->schemes[i], length) == 0)
			return true;
	return false;
}

static enum status browser_allows(
	const struct browser *browser, const char *url, struct error *error)
{
	if (has_control(url))
		return error_fail(STATUS_INVALID, error,
			"the address holds control characters, which no browser gets");
	if (*url == '-' || !url_has_scheme(url))
		return error_fail(STATUS_INVALID, error, "%s has no scheme such as https", url);
	if (browser->any_scheme || url_is_web(url) || has_listed_scheme(browser, url))
		return STATUS_OK;
	return error_fail(STATUS_INVALID, error,
		"%s is neither http nor https: see --any-scheme, or schemes in the configuration",
		url);
}

static bool needs_escape(unsigned char c)
{
	return c <= ' ' || c == 0x7f || strchr("\"'`<>\\^{|}", c);
}

/* What no URI may hold has a meaning to some opener or other. The caller frees it. */
static char *escape(const char *url)
{
	static const char digits[] = "0123456789ABCDEF";
	char *escaped = memory_array(strlen(url) * 3 + 1, 1);
	char *end = escaped;

	for (const unsigned char *c = (const unsigned char *)url; *c; c++) {
		if (needs_escape(*c)) {
			*end++ = '%';
			*end++ = digits[*c >> 4];
			*end++ = digits[*c & 15];
		} else {
			*end++ = (char)*c;
		}
	}
	return escaped;
}

static bool is_text_browser(const char *program)
{
	for (size_t i = 0; i < COUNT(text_browsers); i++)
		if (strcmp(directory_entry(program), text_browsers[i]) == 0)
			return true;
	return false;
}

static bool has_display(void)
{
	const char *wayland = getenv("WAYLAND_DISPLAY"), *x = getenv("DISPLAY");

	return (wayland && *wayland) || (x && *x);
}

/* The word with %s and %u replaced; *replaced is set if there was one. */
static char *fill_in(const char *word, const char *url, bool *replaced)
{
	size_t size = strlen(word) + 1;
	char *filled, *end;

	for (const char *c = word; (c = strchr(c, '%')); c++)
		size += strlen(url);
	filled = end = memory_new(size);
	while (*word) {
		if (word[0] == '%' && (word[1] == 's' || word[1] == 'u')) {
			end = stpcpy(end, url);
			word += 2;
			*replaced = true;
		} else {
			*end++ = *word++;
		}
	}
	return filled;
}

static void build_words(struct argv *words, const struct argv *command, const char *url)
{
	bool replaced = false;

	for (size_t i = 0; i < command->count; i++) {
		char *word = i ? fill_in(command->items[i], url, &replaced)
			       : memory_copy_string(command->items[i]);

		argv_add(words, word);
		free(word);
	}
	if (!replaced)
		argv_add(words, url);
}

static enum status run_in_terminal(const struct argv *words, struct error *error)
{
	const struct spawn spawn = {
		.words = words->items,
		.input = isatty(STDIN_FILENO) ? SPAWN_OURS : SPAWN_NULL,
		.output = SPAWN_OURS,
		.errors = SPAWN_OURS,
	};

	return spawn_run(&spawn, -1, error);
}

static enum status browser_run(const struct browser *browser, const struct argv *command,
	const char *url, struct error *error)
{
	struct argv words = {0};
	enum status status;

	build_words(&words, command, url);
	if (is_text_browser(words.items[0]) && !browser->has_terminal) {
		status = error_fail(
			STATUS_REFUSED, error, "%s needs a terminal of its own", words.items[0]);
	} else if (browser->has_terminal && (is_text_browser(words.items[0]) || !has_display())) {
		status = run_in_terminal(&words, error);
	} else {
		status = desktop_program_run(words.items, SPAWN_NULL, error);
	}
	argv_finish(&words);
	return status;
}

static enum status run_line(
	const struct browser *browser, const char *line, const char *url, struct error *error)
{
	struct argv command = {0};
	enum status status = argv_split(&command, line, error);

	if (status == STATUS_OK && command.count == 0)
		status = error_fail(STATUS_NOT_FOUND, error, "the browser's command is empty");
	if (status == STATUS_OK)
		status = browser_run(browser, &command, url, error);
	argv_finish(&command);
	return status;
}

/* "firefox %s:w3m": the first that works. */
static enum status run_list(
	const struct browser *browser, const char *list, const char *url, struct error *error)
{
	enum status status = STATUS_NOT_FOUND;

	while (status != STATUS_OK && *list) {
		size_t length = strcspn(list, ":");
		char *line = memory_copy_bytes(list, length);

		if (length)
			status = run_line(browser, line, url, error);
		free(line);
		list += length + (list[length] == ':');
	}
	return status;
}

static enum status run_opener(const struct browser *browser, const char *url, struct error *error)
{
	const struct desktop_program *opener = desktop_program_find(openers, COUNT(openers));

	if (opener)
		return run_line(browser, opener->words[0], url, error);
	return error_fail(STATUS_NOT_FOUND, error,
		"no browser was found: set $BROWSER, such as BROWSER=firefox, or browser in the "
		"configuration");
}

/* The true cause: the program is not there, and where its name stands. */
static void say_missing(
	enum status status, const char *line, const char *where, struct error *error)
{
	struct argv words = {0};

	if (status == STATUS_NOT_FOUND && argv_split(&words, line, NULL) == STATUS_OK &&
		words.count > 0)
		error_set(error, "there is no program \"%s\" here: mend %s", words.items[0], where);
	argv_finish(&words);
}

static enum status open_one(const struct browser *browser, const char *url, struct error *error)
{
	const char *list = getenv("BROWSER");
	char *escaped = escape(url);
	enum status status;

	if (browser->command) {
		status = run_line(browser, browser->command, escaped, error);
		say_missing(status, browser->command, "browser in the configuration", error);
	} else if (list && list[strspn(list, ": ")]) {
		status = run_list(browser, list, escaped, error);
		say_missing(status, list, "$BROWSER", error);
	} else {
		status = run_opener(browser, escaped, error);
	}
	free(escaped);
	return status;
}

enum status browser_open(
	const struct browser *browser, const char *const *urls, size_t count, struct error *error)
{
	enum status status = STATUS_OK;

	for (size_t i = 0; i < count && status == STATUS_OK; i++)
		status = browser_allows(browser, urls[i], error);
	for (size_t i = 0; i < count && status == STATUS_OK; i++)
		status = open_one(browser, urls[i], error);
	return status;
}

/* Whether a command is there, and whether it is a text browser's. */
static bool command_is_there(const char *line, bool *is_text)
{
	struct argv words = {0};
	bool there = argv_split(&words, line, NULL) == STATUS_OK && words.count > 0 &&
		     spawn_finds(words.items[0]);

	*is_text = there && is_text_browser(words.items[0]);
	argv_finish(&words);
	return there;
}

/* The first of the list that is there decides. */
static bool list_wants_terminal(const char *list)
{
	bool there = false, is_text = false;

	while (!there && *list) {
		size_t length = strcspn(list, ":");
		char *line = memory_copy_bytes(list, length);

		there = command_is_there(line, &is_text);
		free(line);
		list += length + (list[length] == ':');
	}
	return is_text;
}

bool browser_wants_terminal(const struct browser *browser)
{
	const char *list = getenv("BROWSER");
	bool is_text;

	if (browser->command)
		return command_is_there(browser->command, &is_text) && is_text;
	if (list && list[strspn(list, ": ")])
		return list_wants_terminal(list);
	return !has_display();
}
