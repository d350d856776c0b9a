#include "adapters/cli/import_file.h"

#include <stdlib.h>
#include <unistd.h>

#include "adapters/cli/complaint.h"
#include "adapters/cli/interruption.h"
#include "adapters/cli/progress.h"
#include "adapters/files/file_import.h"
#include "domain/base/memory.h"

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

static void print_json(struct cli *cli, const struct import_summary *summary)
{
	struct buffer buffer = {0};
	struct json_writer json = {.out = &buffer};

	import_summary_json(summary, &json);
	buffer_add_char(&buffer, '\n');
	output_bytes(&cli->out, buffer_text(&buffer), buffer.length);
	buffer_finish(&buffer);
}

static void say_summary(struct cli *cli, const struct import_summary *summary)
{
	bool dry = cli->line.given[OPTION_DRY_RUN];
	char *line;

	if (summary->status)
		return;
	line = memory_print("%s (%s): %s%zu added, %zu updated, %zu unchanged, %zu skipped",
		summary->file, summary->format ? summary->format : "empty", dry ? "would be: " : "",
		summary->added, summary->updated, summary->unchanged, summary->skipped);
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

static enum exit_code import_one(struct cli *cli, const char *path, const struct tag_set *tags)
{
	struct importing importing = {.cli = cli, .path = path};
	const struct file_import import = {
		.path = path,
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
	file_import(cli_bus(cli), &import, &summary);
	progress_clear(&importing.progress);
	code = complain_of_file(&summary);
	if (cli->line.given[OPTION_JSON])
		print_json(cli, &summary);
	else
		say_summary(cli, &summary);
	output_flush(&cli->out);
	import_summary_finish(&summary);
	return code;
}

enum exit_code import_files(struct cli *cli, const struct tag_set *tags)
{
	enum exit_code code = cli_open(cli);
	enum exit_code worst = code;

	for (size_t i = 0; !code && i < cli->line.word_count && !interruption_signal(); i++) {
		enum exit_code one = import_one(cli, cli->line.words[i], tags);

		worst = worst ? worst : one;
	}
	return worst;
}
