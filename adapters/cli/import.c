#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "adapters/cli/cli.h"
#include "adapters/cli/complaint.h"
#include "adapters/cli/interruption.h"
#include "adapters/cli/progress.h"
#include "adapters/cli/star_run.h"
#include "adapters/files/browser_profiles.h"
#include "adapters/files/file_import.h"
#include "adapters/json/json_writer.h"
#include "adapters/sqlite/database.h"
#include "adapters/stars/forge.h"
#include "domain/base/memory.h"
#include "domain/bookmarks/tag_set.h"

static void stars_run(
	struct cli *cli, const char *user, const struct tag_set *tags, struct star_summary *summary)
{
	const struct command_line *line = &cli->line;
	const struct forge *forge = forge_find(line->words[0]);
	const struct star_request request = {
		.forge = forge->name,
		.user = user,
		.full = line->given[OPTION_FULL] || !forge->ordered,
		.timestamps = !line->given[OPTION_NO_TIMESTAMPS],
		.topics = !line->given[OPTION_NO_TOPICS],
		.dry_run = line->given[OPTION_DRY_RUN],
		.wait = line->given[OPTION_WAIT],
		.jobs = (int)command_line_number(line, OPTION_JOBS, 0),
		.tags = tags,
	};
	struct star_run *stars =
		star_run_new(cli, line->values[OPTION_API], line->values[OPTION_PROGRESS]);

	star_run_take(stars, &request, summary);
	star_run_free(stars);
}

static void stars_print_json(struct cli *cli, const struct star_summary *summary, const char *user)
{
	struct buffer buffer = {0};
	struct json_writer json = {.out = &buffer};

	star_summary_json(&json, summary, cli->line.words[0], user);
	output_line(&cli->out, &buffer);
}

static void say_counts(
	struct cli *cli, char *take_what, const struct counts *counts, unsigned which)
{
	char *words = counts_print(counts, which);
	char *line = memory_print(
		"%s: %s%s", take_what, cli->line.given[OPTION_DRY_RUN] ? "would be: " : "", words);

	cli_say(cli, line);
	free(line);
	free(words);
	free(take_what);
}

static void stars_say(struct cli *cli, const struct star_summary *summary)
{
	if (summary->status == STATUS_OK || summary->pages > 0)
		say_counts(cli, memory_print("%s:%s", cli->line.words[0], summary->user),
			&summary->counts, COUNTS_ALL);
}

/*
 * "import github USER" (or another forge), or of the token's owner where user is NULL: the stars,
 * page by page, with progress on standard error and, with --json, one object at the end whatever
 * the outcome. The options are in cli->line. tags are added to each.
 */
static enum exit_code import_stars(struct cli *cli, const char *user, const struct tag_set *tags)
{
	struct star_summary summary = {.status = STATUS_IO, .limit = {-1, -1, -1}};
	enum exit_code code = cli_open(cli);

	if (!code) {
		stars_run(cli, user, tags, &summary);
		code = complain_of("import", summary.status, &summary.error);
	}
	if (cli->line.given[OPTION_JSON])
		stars_print_json(cli, &summary, user);
	else if (!code)
		stars_say(cli, &summary);
	return code;
}

/* One file on its way in. */
struct importing {
	struct cli *cli;
	struct progress progress;
	const char *path;
};

static void on_skipped(void *self, const char *text)
{
	struct importing *importing = self;

	progress_clear(&importing->progress);
	complain("import: %s", text);
}

static void on_note(void *self, const char *text)
{
	struct importing *importing = self;

	progress_clear(&importing->progress);
	if (!importing->cli->quiet)
		remark("%s", text);
}

static void on_progress(void *self, const struct file_progress *at)
{
	struct importing *importing = self;
	char *line = at->size > 0 ? memory_print("%s: %zu bookmarks, %d %%", importing->path,
					    at->records, (int)(at->bytes * 100 / at->size))
				  : memory_print("%s: %zu bookmarks", importing->path, at->records);

	progress_show(&importing->progress, line);
	free(line);
}

static bool is_stopped(void *self)
{
	(void)self;
	return interruption_signal() != 0;
}

static void print_summary_json(struct cli *cli, const struct import_summary *summary)
{
	struct buffer buffer = {0};
	struct json_writer json = {.out = &buffer};

	import_summary_json(summary, &json);
	output_line(&cli->out, &buffer);
}

static void say_summary(struct cli *cli, const struct import_summary *summary)
{
	char *line;

	if (summary->status)
		return;
	say_counts(cli,
		memory_print("%s (%s)", summary->file, summary->format ? summary->format : "empty"),
		&summary->counts, COUNTS_BUT_GONE);
	if (!summary->counts.gone)
		return;
	line = memory_print("%s%zu deleted in the browser: marked, see is:unstarred",
		cli->line.given[OPTION_DRY_RUN] ? "would be: " : "", summary->counts.gone);
	cli_say(cli, line);
	free(line);
}

/* A file that is missing or cannot be read is no trouble of the library. */
static enum exit_code complain_of_file(const struct import_summary *summary)
{
	enum exit_code code;

	code = complain_of("import", summary->status, &summary->error);
	if (code == EXIT_LIBRARY_UNUSABLE && !summary->by_library)
		return EXIT_FAILED;
	if (summary->status == STATUS_NOT_FOUND)
		return EXIT_FAILED;
	return code;
}

/* browser is NULL for a file of the user's own. */
static enum exit_code import_one(
	struct cli *cli, const char *browser, const char *path, const struct tag_set *tags)
{
	struct importing importing = {.cli = cli, .path = path};
	struct bus *bus = cli->library.bus;
	const struct file_import import = {
		.path = path,
		.library = database_path(cli->library.database),
		.browser = browser,
		.format = cli->line.values[OPTION_IMPORT_FORMAT],
		.tags = tags,
		.dry_run = cli->line.given[OPTION_DRY_RUN],
		.on_skipped = on_skipped,
		.on_note = on_note,
		.on_progress = on_progress,
		.is_stopped = is_stopped,
		.self = &importing,
	};
	struct import_summary summary = {0};
	enum exit_code code;

	progress_init(&importing.progress, cli->line.values[OPTION_PROGRESS], cli->quiet);
	file_import(bus, &import, &summary);
	progress_clear(&importing.progress);
	code = complain_of_file(&summary);
	if (cli->line.given[OPTION_JSON])
		print_summary_json(cli, &summary);
	else
		say_summary(cli, &summary);
	output_flush(&cli->out);
	import_summary_finish(&summary);
	return code;
}

static enum exit_code import_files(struct cli *cli, const struct tag_set *tags)
{
	enum exit_code code = cli_open(cli);
	enum exit_code worst = code;

	for (size_t i = 0; !code && i < cli->line.word_count && !interruption_signal(); i++) {
		enum exit_code one = import_one(cli, NULL, cli->line.words[i], tags);

		worst = worst ? worst : one;
	}
	return worst;
}

/* The profiles of browsers, one after the other. */
struct browser_visit {
	struct cli *cli;
	const struct tag_set *tags;
	size_t found;
	enum exit_code worst;
};

static void import_profile(void *self, const struct browser_profile *profile)
{
	struct browser_visit *visit = self;
	enum exit_code one;

	visit->found++;
	if (interruption_signal())
		return;
	one = import_one(visit->cli, profile->browser, profile->path, visit->tags);
	visit->worst = visit->worst ? visit->worst : one;
}

/* False, with words, if nobody knows where this user's programs keep their files. */
static bool each_profile(const char *browser, browser_profile_fn visit, void *self)
{
	const char *home = getenv("HOME");

	if (!home || !*home) {
		complain("import: no home folder is known to look in");
		return false;
	}
	browser_profiles_each(home, getenv("XDG_CONFIG_HOME"), browser, visit, self);
	return true;
}

/* Of one browser, or of all that are found where it is NULL. */
static enum exit_code import_browsers(
	struct cli *cli, const char *browser, const struct tag_set *tags)
{
	struct browser_visit visit = {.cli = cli, .tags = tags, .worst = cli_open(cli)};

	if (visit.worst)
		return visit.worst;
	if (!each_profile(browser, import_profile, &visit))
		return EXIT_FAILED;
	if (!visit.found) {
		complain("import: no bookmarks of %s were found in this home: name the file",
			browser ? browser : "any browser");
		return EXIT_FAILED;
	}
	return visit.worst;
}

struct detecting {
	struct cli *cli;
	size_t found;
};

static void print_profile_json(
	struct cli *cli, const struct browser_profile *profile, const char *format, size_t count)
{
	struct buffer buffer = {0};
	struct json_writer json = {.out = &buffer};

	json_open_object(&json);
	json_add_string(&json, "program", profile->program);
	json_add_string(&json, "file", profile->path);
	json_add_string(&json, "format", format);
	json_add_integer(&json, "bookmarks", (int64_t)count);
	json_close_object(&json);
	output_line(&cli->out, &buffer);
}

static void show_profile(void *self, const struct browser_profile *profile)
{
	struct detecting *detecting = self;
	struct cli *cli = detecting->cli;
	struct error error = {0};
	const char *format;
	size_t count;
	enum status status = bookmark_file_count(profile->path, &format, &count, &error);

	detecting->found++;
	if (status) {
		complain("import: %s: %s", profile->path, error.text);
		return;
	}
	if (cli->line.given[OPTION_JSON]) {
		print_profile_json(cli, profile, format, count);
		return;
	}
	output_format(&cli->out, "%-18s  %7zu  ", profile->program, count);
	output_text(&cli->out, profile->path);
	output_string(&cli->out, "\n");
}

static enum exit_code import_detect(struct cli *cli)
{
	struct detecting detecting = {.cli = cli};

	if (!each_profile(NULL, show_profile, &detecting))
		return EXIT_FAILED;
	if (!detecting.found && !cli->quiet)
		remark("No browser's bookmarks were found");
	return EXIT_DONE;
}

static enum exit_code import(struct cli *cli, const struct tag_set *tags)
{
	const struct command_line *line = &cli->line;

	if (line->given[OPTION_DETECT])
		return line->word_count ? cli_misused(cli, "--detect takes no file")
					: import_detect(cli);
	if (line->given[OPTION_BROWSERS])
		return line->word_count ? cli_misused(cli, "--browsers takes no file")
					: import_browsers(cli, NULL, tags);
	if (line->word_count == 1 && browser_is_known(line->words[0]))
		return import_browsers(cli, line->words[0], tags);
	if (!line->word_count)
		return cli_misused(cli, "an argument is missing");
	if (!forge_find(line->words[0]) || strchr(line->words[0], '@'))
		return import_files(cli, tags);
	if (line->word_count > 2 || line->given[OPTION_ME] + line->word_count != 2)
		return cli_misused(cli, "%s takes a USER, or --me", line->words[0]);
	return import_stars(cli, line->given[OPTION_ME] ? NULL : line->words[1], tags);
}

static enum exit_code import_run(struct cli *cli)
{
	struct tag_set tags = {0};
	struct error error = {0};
	enum exit_code code;

	if (cli->line.given[OPTION_TAGS] &&
		tag_set_add_list(&tags, cli->line.values[OPTION_TAGS], &error))
		code = cli_misused(cli, "--tags: %s", error.text);
	else
		code = import(cli, &tags);
	tag_set_finish(&tags);
	return code;
}

static const enum option_id options[] = {OPTION_IMPORT_FORMAT, OPTION_TAGS, OPTION_DRY_RUN,
	OPTION_JSON, OPTION_PROGRESS, OPTION_ME, OPTION_FULL, OPTION_NO_TIMESTAMPS,
	OPTION_NO_TOPICS, OPTION_JOBS, OPTION_WAIT, OPTION_API, OPTION_BROWSERS, OPTION_DETECT,
	OPTIONS_END};

const struct cli_command import_command = {
	.name = "import",
	.usage = "FILE... [--format FORMAT] [--tags LIST] [--dry-run]\n"
		 " [--progress WHEN] [--json]\n"
		 "github USER [--full] [--no-timestamps] [--no-topics] [--tags LIST]\n"
		 " [--dry-run] [--jobs N] [--wait] [--progress WHEN] [--json]\n"
		 "github --me [...]\n"
		 "gitea USER --api URL [...]\n"
		 "gitlab USER [--api URL] [...]\n"
		 "BROWSER | --browsers [--tags LIST] [--dry-run] [--json]\n"
		 "--detect [--json]",
	.summary = "take in bookmarks from files and browsers, or a user's stars on GitHub",
	.details =
		"A file's format is recognised by its content; \"-\" is standard input. Twice the "
		"same file\n"
		"changes nothing; one file is one change for undo. A file called github is "
		"./github.\n"
		"\n"
		"A BROWSER (firefox, librewolf, waterfox, floorp, zen, chrome, chromium, brave, "
		"edge,\n"
		"vivaldi, opera, yandex, falkon, qutebrowser, safari, buku) is read from this "
		"user's\n"
		"profiles, also while it runs; again later for what is new. What was deleted there "
		"since is\n"
		"marked as a star that was taken back is (is:unstarred), and never deleted here; "
		"what you\n"
		"deleted here does not come back.\n"
		"\n"
		"Stars: the token is looked for in GH_TOKEN, GITHUB_TOKEN and the configuration's\n"
		"token_command. A later import takes what is new; --full also marks stars that "
		"were taken\n"
		"back. What you changed or deleted here stays so. It can be stopped and run "
		"again.\n"
		"\n"
		"Gitea (Forgejo, Codeberg) and GitLab do not tell when a star was given: each "
		"import walks\n"
		"every page, and the date is that of the import. Only public stars, without a "
		"token.",
	.words = "github gitea gitlab firefox librewolf waterfox floorp zen chrome chromium brave "
		 "edge "
		 "vivaldi opera yandex falkon qutebrowser safari buku",
	.files = true,
	.most = SIZE_MAX,
	.options = options,
	.run = import_run,
};
