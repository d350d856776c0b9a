#include "adapters/doctor/doctor.h"

#include <dirent.h>
#include <langinfo.h>
#include <linux/magic.h>
#include <locale.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "adapters/html/xml_library.h"
#include "adapters/http/http_library.h"
#include "adapters/sqlite/database.h"
#include "adapters/sqlite/library_file.h"
#include "adapters/sqlite/safety_copy.h"
#include "adapters/sqlite/schema.h"
#include "adapters/system/argv.h"
#include "adapters/system/atomic_file.h"
#include "adapters/system/directory.h"
#include "adapters/system/paths.h"
#include "adapters/system/spawn.h"
#include "domain/base/memory.h"
#include "domain/base/text.h"
#include "domain/bookmarks/tag_set.h"
#include "domain/bookmarks/url.h"

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
	va_list arguments;
	char *line;

	va_start(arguments, format);
	line = memory_vprint(format, arguments);
	va_end(arguments);
	examination->wrong += verdict == DOCTOR_WRONG;
	doctor->tell(doctor->self, verdict, examination->subject, line);
	free(line);
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

#define LARGE_WAL    (64L << 20)
#define LITTLE_SPACE (64L << 20)

/* Of <linux/magic.h> not all are there in every version. */
#define CIFS_MAGIC 0xff534d42
#define SMB2_MAGIC 0xfe534d42

static void check_path_mode(
	const char *path, const struct stat *found, struct examination *examination)
{
	if (found->st_mode & 077)
		tell(examination, DOCTOR_WRONG,
			"%s can be read by others (mode %04o): chmod 600 %s", path,
			found->st_mode & 07777, path);
}

static void check_path_links(
	const char *path, const struct stat *found, struct examination *examination)
{
	if (found->st_nlink > 1)
		tell(examination, DOCTOR_WRONG,
			"%s has %lu hard links, by which a database gets lost: keep one", path,
			(unsigned long)found->st_nlink);
}

static void check_library_files(const char *path, struct examination *examination)
{
	for (size_t i = 0; i < LIBRARY_FILES; i++) {
		char *file = memory_print("%s%s", path, library_file_endings[i]);
		struct stat found;

		if (stat(file, &found) == 0 && S_ISREG(found.st_mode)) {
			check_path_mode(file, &found, examination);
			check_path_links(file, &found, examination);
			if (i == 1 && found.st_size > LARGE_WAL)
				tell(examination, DOCTOR_NOTE,
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

static void check_directory(const char *folder, struct examination *examination)
{
	struct statvfs space;
	struct statfs kind;
	struct stat found;

	if (stat(folder, &found) == 0 && (found.st_mode & 022) && !(found.st_mode & S_ISVTX))
		tell(examination, DOCTOR_WRONG, "others can write to %s: chmod go-w %s", folder,
			folder);
	if (statfs(folder, &kind) == 0 && is_remote((long)kind.f_type))
		tell(examination, DOCTOR_NOTE,
			"%s is on a network file system, where a library may get damaged: move it",
			folder);
	if (statvfs(folder, &space) == 0 &&
		(unsigned long long)space.f_bavail * space.f_frsize < LITTLE_SPACE)
		tell(examination, DOCTOR_NOTE, "little space is left in %s: %llu MiB", folder,
			(unsigned long long)space.f_bavail * space.f_frsize >> 20);
}

static void check_path_leftovers(
	const char *path, const char *folder, struct examination *examination)
{
	DIR *directory = opendir(folder);
	struct dirent *entry;

	while (directory && (entry = readdir(directory)))
		if (atomic_file_is_leftover(entry->d_name, directory_entry(path)))
			tell(examination, DOCTOR_NOTE,
				"%s/%s was left over by a barky that was killed: remove it", folder,
				entry->d_name);
	if (directory)
		closedir(directory);
}

static void tell_safety_copy(const char *path, struct examination *examination)
{
	char *copy = safety_copy_newest(path);

	if (copy)
		tell(examination, DOCTOR_FINE, "a copy from before the last migration: %s", copy);
	free(copy);
}

/*
 * A library's files from outside, without opening one: who may read them, hard links, the size of
 * the log, the directory, its file system and its space, what a killed program left over, and the
 * copies of migrations.
 */
static void check_paths(const char *path, struct examination *examination)
{
	char *folder = directory_of(path);

	check_library_files(path, examination);
	check_directory(folder, examination);
	check_path_leftovers(path, folder, examination);
	tell_safety_copy(path, examination);
	free(folder);
}

/* Findings of one kind after which the rest is not told any more. */
#define TOLD_MAX 10

/* What helps against damage. */
#define MEND "put a copy in its place (barky restore FILE), or export and import"

/* A statement that yields the number of each thing that is wrong, and what is wrong with it. */
struct rule {
	const char *sql;
	const char *thing;
	const char *mistake;
};

static const struct rule rules[] = {
	{"SELECT change FROM change_images WHERE change NOT IN (SELECT id FROM changes)", "change",
		"is not there, but its images are"},
	{"SELECT change FROM made_bookmarks WHERE change NOT IN (SELECT id FROM changes)", "change",
		"is not there, but what it made is named"},
	{"SELECT id FROM changes WHERE id NOT IN (SELECT change FROM change_images)"
	 " AND id NOT IN (SELECT change FROM made_bookmarks)",
		"change", "changed nothing"},
	{"SELECT change FROM made_bookmarks WHERE last < first", "change",
		"made bookmarks from a later to an earlier number"},
	{"SELECT b.id FROM bookmarks b, sqlite_sequence s WHERE s.name = 'bookmarks'"
	 " AND b.id > s.seq",
		"bookmark", "has a number that may be given again"},
	{"SELECT fkid + 1 FROM pragma_foreign_key_check", "reference", "leads nowhere"},
	{"SELECT bookmark FROM links WHERE bookmark NOT IN (SELECT id FROM bookmarks)", "bookmark",
		"is not there, but its link is"},
	{"SELECT count(*) FROM library HAVING count(*) <> 1", "library",
		"names: there has to be one"},
};

/* What one kind of checking has found. */
struct tally {
	struct examination *examination;
	size_t found;
};

static void tally_tell(
	struct tally *tally, const char *thing, long long number, const char *mistake)
{
	if (tally->found++ < TOLD_MAX)
		tell(tally->examination, DOCTOR_WRONG, "%s %lld %s: " MEND, thing, number, mistake);
}

static void tally_end(enum status status, const struct tally *tally)
{
	if (tally->found > TOLD_MAX)
		tell(tally->examination, DOCTOR_WRONG, "and %zu more of this kind",
			tally->found - TOLD_MAX);
	if (status != STATUS_OK && status != STATUS_NOT_FOUND && !tally->found)
		tell(tally->examination, DOCTOR_WRONG, "it cannot be read through: " MEND);
}

static void check_pages(struct database *database, struct examination *examination)
{
	static const char sql[] = "PRAGMA integrity_check(10)";
	sqlite3_stmt *statement = database_statement(database, sql);
	struct tally tally = {.examination = examination};
	enum status status;

	while ((status = database_step(database, statement)) == STATUS_OK) {
		const char *line = database_text(statement, 0);

		if (strcmp(line, "ok") == 0)
			continue;
		tally.found++;
		tell(examination, DOCTOR_WRONG, "SQLite finds: %s", line);
	}
	tally_end(status, &tally);
}

static void check_rule(
	struct database *database, const struct rule *rule, struct examination *examination)
{
	sqlite3_stmt *statement = database_statement(database, rule->sql);
	struct tally tally = {.examination = examination};
	enum status status;

	while ((status = database_step(database, statement)) == STATUS_OK)
		tally_tell(&tally, rule->thing, sqlite3_column_int64(statement, 0), rule->mistake);
	tally_end(status, &tally);
}

static bool has_its_normal_form(sqlite3_stmt *statement)
{
	char *normal = NULL;
	bool same = url_normal_form(database_text(statement, 1), &normal, NULL) == STATUS_OK &&
		    strcmp(normal, database_text(statement, 2)) == 0;

	free(normal);
	return same;
}

static bool has_sorted_tags(sqlite3_stmt *statement)
{
	struct tag_set tags = {0};
	char *joined;
	bool same;

	tag_set_add_list(&tags, database_text(statement, 3), NULL);
	joined = tag_set_join(&tags);
	same = strcmp(joined, database_text(statement, 3)) == 0;
	tag_set_finish(&tags);
	free(joined);
	return same;
}

static bool is_text(sqlite3_stmt *statement)
{
	for (int column = 1; column < sqlite3_column_count(statement); column++)
		if (!text_is_valid(database_text(statement, column),
			    (size_t)sqlite3_column_bytes(statement, column)))
			return false;
	return true;
}

static void check_bookmarks(struct database *database, struct examination *examination)
{
	static const char sql[] = "SELECT id, url, coalesce(address, url), tags, title, notes,"
				  " source FROM bookmarks ORDER BY id";
	sqlite3_stmt *statement = database_statement(database, sql);
	struct tally tally = {.examination = examination};
	enum status status;

	while ((status = database_step(database, statement)) == STATUS_OK) {
		long long id = sqlite3_column_int64(statement, 0);

		if (!is_text(statement))
			tally_tell(&tally, "bookmark", id, "holds what is no UTF-8");
		else if (!has_its_normal_form(statement))
			tally_tell(&tally, "bookmark", id, "is kept under another address");
		else if (!has_sorted_tags(statement))
			tally_tell(&tally, "bookmark", id, "has tags out of order");
	}
	tally_end(status, &tally);
}

static void tell_size(struct database *database, struct examination *examination)
{
	static const char sql[] = "SELECT count(*) FILTER (WHERE deleted = 0),"
				  " count(*) FILTER (WHERE deleted <> 0) FROM bookmarks";
	sqlite3_stmt *statement = database_statement(database, sql);

	if (database_step(database, statement) != STATUS_OK)
		return;
	tell(examination, DOCTOR_FINE, "%lld bookmarks, and %lld in the trash",
		sqlite3_column_int64(statement, 0), sqlite3_column_int64(statement, 1));
	sqlite3_reset(statement);
}

/* Every command needs every table, whatever it does. */
static void check_schema(struct database *database, struct examination *examination)
{
	struct error error = {0};
	enum status status = schema_check(database_handle(database), &error);

	if (status != STATUS_OK)
		tell(examination, DOCTOR_WRONG, "%s: " MEND, error.text);
}

/*
 * What is in an open library: every page and index, by SQLite's own check, and what barky relies
 * on beyond them.
 */
static void check_contents(struct database *database, struct examination *examination)
{
	size_t wrong = examination->wrong;
	struct error error = {0};

	if (database_begin(database, false, &error) != STATUS_OK) {
		tell(examination, DOCTOR_WRONG, "%s", error.text);
		return;
	}
	check_pages(database, examination);
	check_schema(database, examination);
	for (size_t i = 0; i < sizeof(rules) / sizeof(*rules); i++)
		check_rule(database, &rules[i], examination);
	check_bookmarks(database, examination);
	tell_size(database, examination);
	database_rollback(database);
	if (examination->wrong == wrong)
		tell(examination, DOCTOR_FINE,
			"the file is sound: every page, index and rule holds");
}

static void check_soundness(struct examination *examination)
{
	const struct doctor *doctor = examination->doctor;

	if (access(doctor->path, F_OK))
		return;
	check_paths(doctor->path, examination);
	if (doctor->library)
		check_contents(doctor->library->database, examination);
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
