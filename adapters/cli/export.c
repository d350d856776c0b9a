#include "adapters/files/file_export.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "adapters/cli/cli.h"
#include "adapters/cli/cli_query.h"
#include "adapters/cli/interruption.h"
#include "adapters/sqlite/database.h"
#include "domain/base/memory.h"

#define DEFAULT_FORMAT "json"

struct exporting {
	struct file_export *file;
	enum status status;
	int failure; /* errno of a failure */
	struct error error;
	size_t count;
};

static bool export_one(void *self, const struct bookmark *bookmark)
{
	struct exporting *exporting = self;

	exporting->status = file_export_add(exporting->file, bookmark, &exporting->error);
	exporting->failure = errno;
	exporting->count++;
	return exporting->status == STATUS_OK && !interruption_signal();
}

static const char *format_of(const struct command_line *line)
{
	const char *path = line->values[OPTION_OUTPUT];
	const char *format = line->values[OPTION_FILE_FORMAT];

	if (!format && path)
		format = file_export_format_of(path);
	return format ? format : DEFAULT_FORMAT;
}

/* The reader of a pipe may leave; everything else that goes wrong is the file's. */
static enum exit_code export_finish(
	struct cli *cli, struct exporting *exporting, enum exit_code code)
{
	enum status status = exporting->status;

	if (!code && !status && !interruption_signal()) {
		status = file_export_close(exporting->file, &exporting->error);
		exporting->failure = errno;
		exporting->file = NULL;
	}
	if (exporting->file)
		file_export_abandon(exporting->file);
	if (code || (status == STATUS_IO && exporting->failure == EPIPE))
		return code;
	return cli_fail(cli, status, &exporting->error) ? EXIT_FAILED : EXIT_DONE;
}

static void say(struct cli *cli, size_t count)
{
	char *line = memory_print(
		"Exported %zu bookmarks to %s", count, cli->line.values[OPTION_OUTPUT]);

	cli_say(cli, line);
	free(line);
}

/*
 * All of a library goes out as it lies, unless people read what comes of it. Into a file it is one
 * state; into a pipe, whose reader may let it wait, it is read in pieces and nothing is held.
 */
static enum exit_code visit_all(
	struct cli *cli, enum listing_order order, struct exporting *exporting)
{
	const struct listing all = {.order = order};
	bool is_stream = file_export_is_stream(exporting->file);
	enum exit_code code = cli_open_reading(cli);
	enum status status = STATUS_OK;
	struct error error = {0};
	struct catalogue *catalogue;

	if (code)
		return code;
	catalogue = cli->library.catalogue;
	if (!is_stream)
		status = database_begin(cli->library.database, false, &error);
	if (status == STATUS_OK)
		status = catalogue->each(catalogue, &all, export_one, exporting, &error);
	if (!is_stream)
		database_rollback(cli->library.database);
	return cli_fail(cli, status, &error);
}

static enum exit_code visit(struct cli *cli, const struct query *query, struct exporting *exporting)
{
	const struct search_options options = {.query = query, .limit = SIZE_MAX};

	if (query)
		return cli_query_visit(cli, &options, export_one, exporting);
	return visit_all(cli, file_export_is_for_people(format_of(&cli->line)) ? BY_ADDED : BY_ID,
		exporting);
}

static enum exit_code export_write_out(struct cli *cli, const struct query *query)
{
	struct exporting exporting = {0};
	enum exit_code code;
	bool is_stream;

	exporting.status = file_export_open(cli->line.values[OPTION_OUTPUT], cli->out.file,
		format_of(&cli->line), &exporting.file, &exporting.error);
	if (exporting.status)
		return cli_fail(cli, exporting.status, &exporting.error) ? EXIT_FAILED : EXIT_DONE;
	is_stream = file_export_is_stream(exporting.file);
	code = visit(cli, query, &exporting);
	code = export_finish(cli, &exporting, code);
	if (!code && !exporting.status && !is_stream)
		say(cli, exporting.count);
	return code;
}

static enum exit_code export_run(struct cli *cli)
{
	struct query *query = NULL;
	enum exit_code code = cli_query_read_words(cli, &query);

	if (!code)
		code = export_write_out(cli, query);
	query_free(query);
	return code;
}

static const enum option_id options[] = {OPTION_FILE_FORMAT, OPTION_OUTPUT, OPTIONS_END};

const struct cli_command export_command = {
	.name = "export",
	.usage = "[QUERY...] [--format FORMAT] [--output FILE]",
	.summary = "write bookmarks to a file, or to standard output",
	.details =
		"All of them without a query. The file is written whole or not at all, and is one "
		"state of\n"
		"the library. What goes to a pipe is read as its reader takes it: no bookmark "
		"comes\n"
		"twice, and none is missing that is there from beginning to end.",
	.query = true,
	.most = SIZE_MAX,
	.options = options,
	.run = export_run,
};
