#include "adapters/doctor/doctor.h"

#include <langinfo.h>
#include <locale.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "adapters/doctor/content_check.h"
#include "adapters/system/directory.h"
#include "adapters/http/http_library.h"
#include "adapters/doctor/place_check.h"
#include "adapters/system/paths.h"
#include "adapters/system/spawn.h"
#include "adapters/system/argv.h"
#include "adapters/html/xml_library.h"
#include "domain/base/memory.h"

/* One examination under way. */
struct examination {
	const struct doctor *doctor;
	const char *subject;
	size_t wrong;
};

__attribute__((format(printf, 3, 4))) static void tell(
	struct examination *examination, enum doctor_verdict verdict, const char *format, ...)
{
	const struct doctor *doctor = examination->doctor;
	struct error text;
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(text.text, sizeof(text.text), format, arguments);
	va_end(arguments);
	examination->wrong += verdict == DOCTOR_WRONG;
	doctor->tell(doctor->self, verdict, examination->subject, text.text);
}

static void tell_status(
	struct examination *examination, enum status status, const struct error *error)
{
	tell(examination, DOCTOR_WRONG, "%s",
		error->text[0] ? error->text : status_message(status));
}

static void check_library(struct examination *examination)
{
	const struct doctor *doctor = examination->doctor;
	struct error error = {0};
	size_t count = 0;
	enum status status;
	char *folder;

	if (!doctor->library) {
		tell_status(examination, STATUS_IO, doctor->trouble);
		return;
	}
	if (access(doctor->path, F_OK)) {
		tell(examination, DOCTOR_FINE, "%s is made with the first bookmark", doctor->path);
		return;
	}
	status = doctor->library->catalogue->count(doctor->library->catalogue, &count, &error);
	if (status)
		tell_status(examination, status, &error);
	else
		tell(examination, DOCTOR_FINE, "%s: %zu bookmarks", doctor->path, count);
	folder = directory_of(doctor->path);
	if (access(doctor->path, W_OK) || access(folder, W_OK))
		tell(examination, DOCTOR_WRONG, "%s cannot be written, so nothing can be changed",
			doctor->path);
	free(folder);
}

static void tell_finding(void *self, enum check_level level, const char *line)
{
	static const enum doctor_verdict verdicts[CHECK_LEVELS] = {
		[CHECK_FINE] = DOCTOR_FINE,
		[CHECK_NOTE] = DOCTOR_NOTE,
		[CHECK_WRONG] = DOCTOR_WRONG,
	};

	tell(self, verdicts[level], "%s", line);
}

static void check_soundness(struct examination *examination)
{
	const struct doctor *doctor = examination->doctor;
	const struct check check = {tell_finding, examination};

	if (access(doctor->path, F_OK))
		return;
	place_check(doctor->path, &check);
	if (doctor->library)
		content_check(doctor->library->database, &check);
}

static void check_configuration(struct examination *examination)
{
	const struct config *config = examination->doctor->config;

	for (size_t i = 0; i < config->warning_count; i++)
		tell(examination, DOCTOR_WRONG, "%s", config->warnings[i]);
	if (config->warning_count)
		return;
	if (config->path && !access(config->path, F_OK))
		tell(examination, DOCTOR_FINE, "%s", config->path);
	else
		tell(examination, DOCTOR_FINE, "there is no file, and none is needed");
}

static void check_cache(struct examination *examination)
{
	char *path = path_of_cache();

	if (!path)
		tell(examination, DOCTOR_NOTE,
			"no home folder is known, so searching starts more slowly");
	else if (!access(path, F_OK) && access(path, W_OK))
		tell(examination, DOCTOR_NOTE,
			"%s cannot be written, so searching starts more slowly", path);
	else
		tell(examination, DOCTOR_FINE, "%s", path);
	free(path);
}

static bool speaks_utf8(void)
{
	locale_t locale = newlocale(LC_CTYPE_MASK, "", (locale_t)0);
	bool utf8;

	if (!locale)
		return false;
	utf8 = !strcmp(nl_langinfo_l(CODESET, locale), "UTF-8");
	freelocale(locale);
	return utf8;
}

static void check_terminal(struct examination *examination)
{
	const char *kind = getenv("TERM");

	if (!examination->doctor->has_terminal)
		tell(examination, DOCTOR_NOTE, "there is none here to look at");
	else if (!kind || !*kind || !strcmp(kind, "dumb"))
		tell(examination, DOCTOR_WRONG,
			"TERM is %s, so the screen cannot be drawn: set it to your terminal's name",
			kind && *kind ? kind : "not set");
	else if (!speaks_utf8())
		tell(examination, DOCTOR_NOTE,
			"%s, but the locale is not UTF-8: set LANG to C.UTF-8 or your own", kind);
	else
		tell(examination, DOCTOR_FINE, "%s, UTF-8", kind);
}

/* The first word of a command line, if PATH has it; the caller frees it. */
static char *program_of(const char *command)
{
	struct argv words = {0};
	char *program = NULL;

	if (command && !argv_split(&words, command, NULL) && words.count &&
		spawn_finds(words.items[0]))
		program = memory_copy_string(words.items[0]);
	argv_finish(&words);
	return program;
}

/* Of several commands the first that is there. */
static void check_programs(
	struct examination *examination, const char *const *commands, const char *mend)
{
	for (size_t i = 0; commands[i]; i++) {
		char *program = *commands[i] ? program_of(commands[i]) : NULL;

		if (!program)
			continue;
		tell(examination, DOCTOR_FINE, "%s", program);
		free(program);
		return;
	}
	tell(examination, DOCTOR_NOTE, "none was found: %s", mend);
}

static const char *variable(const char *name)
{
	const char *value = getenv(name);

	return value ? value : "";
}

static void check_browser(struct examination *examination)
{
	const char *given = examination->doctor->config->browser;
	char *first = memory_copy_string(variable("BROWSER"));
	const char *const commands[] = {
		given ? given : "", first, "xdg-open", "open", "wslview", NULL};

	first[strcspn(first, ":")] = '\0';
	check_programs(examination, commands, "set BROWSER, or browser in the configuration");
	free(first);
}

static void check_editor(struct examination *examination)
{
	const char *const commands[] = {variable("VISUAL"), variable("EDITOR"), "vi", NULL};

	check_programs(examination, commands, "set EDITOR");
}

static void check_clipboard(struct examination *examination)
{
	static const char *const commands[] = {"wl-copy", "xclip", "xsel", "pbcopy", NULL};

	check_programs(examination, commands,
		"install wl-clipboard, xclip or xsel, unless the terminal takes OSC 52");
}

static void check_network(struct examination *examination)
{
	struct http_library http;
	struct xml_library xml;
	struct error error = {0};

	if (http_library_open(&http, &error))
		tell(examination, DOCTOR_WRONG, "no stars and no titles: %s", error.text);
	else if (xml_library_open(&xml, &error))
		tell(examination, DOCTOR_WRONG, "no titles and no HTML files: %s", error.text);
	else
		tell(examination, DOCTOR_FINE, "libcurl and libxml2 are there");
}

static void check_token(struct examination *examination)
{
	const struct config *config = examination->doctor->config;

	if (*variable("GH_TOKEN"))
		tell(examination, DOCTOR_FINE, "from GH_TOKEN");
	else if (*variable("GITHUB_TOKEN"))
		tell(examination, DOCTOR_FINE, "from GITHUB_TOKEN");
	else if (config->token_command)
		tell(examination, DOCTOR_FINE, "from token_command");
	else if (config->token_file)
		tell(examination, DOCTOR_FINE, "from token_file");
	else
		tell(examination, DOCTOR_NOTE,
			"none, so GitHub answers 60 requests an hour: set GH_TOKEN for 5,000");
}

static const struct {
	const char *subject;
	void (*check)(struct examination *examination);
} checks[] = {
	{"library", check_library},
	{"library", check_soundness},
	{"configuration", check_configuration},
	{"cache", check_cache},
	{"terminal", check_terminal},
	{"browser", check_browser},
	{"editor", check_editor},
	{"clipboard", check_clipboard},
	{"network", check_network},
	{"GitHub token", check_token},
};

size_t doctor_examine(const struct doctor *doctor)
{
	struct examination examination = {.doctor = doctor};

	for (size_t i = 0; i < sizeof(checks) / sizeof(checks[0]); i++) {
		examination.subject = checks[i].subject;
		checks[i].check(&examination);
	}
	return examination.wrong;
}
