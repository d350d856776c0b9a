#include <stdlib.h>
#include <string.h>

#include "adapters/cli/bookmark_printer.h"
#include "adapters/cli/cli.h"
#include "adapters/cli/complaint.h"
#include "adapters/cli/interruption.h"
#include "adapters/cli/question.h"

static enum exit_code print_trash(struct cli *cli, struct bookmark_printer *printer)
{
	const struct listing listing = {.trashed = true};
	struct error error = {0};
	struct catalogue *catalogue;
	enum exit_code code = cli_open_reading(cli);

	if (code)
		return code;
	catalogue = cli->library.catalogue;
	return cli_fail(cli,
		catalogue->each(catalogue, &listing, bookmark_printer_print, printer, &error),
		&error);
}

static enum exit_code trash_list(struct cli *cli)
{
	struct error error = {0};
	struct bookmark_printer *printer;
	enum exit_code code;

	if (cli->line.word_count > 1)
		return cli_misused(cli, "too many arguments: \"%s\"", cli->line.words[1]);
	printer = bookmark_printer_new(&cli->out, &cli->line, LAYOUT_LINES, NULL, &error);
	if (!printer)
		return cli_misused(cli, "%s", error.text);
	code = print_trash(cli, printer);
	if (code)
		bookmark_printer_cancel(printer);
	else
		bookmark_printer_finish(printer);
	return code;
}

static enum exit_code restore(struct cli *cli)
{
	struct command command = {.type = RESTORE_BOOKMARKS};
	int64_t *ids = NULL;
	size_t count = 0;
	enum exit_code code;

	if (cli->line.word_count < 2)
		return cli_misused(cli, "the id is missing");
	code = cli_ids(cli, 1, &ids, &count);
	command.as.restore_bookmarks = (struct some_bookmarks){.ids = ids, .count = count};
	if (!code)
		code = cli_do(cli, &command);
	free(ids);
	return code;
}

static enum exit_code empty(struct cli *cli)
{
	const struct command command = {
		.type = EMPTY_TRASH,
		.as.empty_trash = {.deleted_until = INT64_MAX, .asked_for = true},
	};

	if (cli->line.word_count > 1)
		return cli_misused(cli, "too many arguments: \"%s\"", cli->line.words[1]);
	if (cli->line.given[OPTION_YES] || question_ask("Empty the trash? This cannot be undone."))
		return cli_do(cli, &command);
	if (!interruption_signal())
		complain("trash empty: not agreed to: nothing was changed; --yes does not ask");
	return EXIT_FAILED;
}

static enum exit_code trash_run(struct cli *cli)
{
	const char *what = cli->line.word_count ? cli->line.words[0] : "list";

	if (!strcmp(what, "list"))
		return trash_list(cli);
	if (!strcmp(what, "restore"))
		return restore(cli);
	if (!strcmp(what, "empty"))
		return empty(cli);
	return cli_misused(cli, "\"%s\" is none of: list restore empty", what);
}

static const enum option_id options[] = {OPTION_YES, BOOKMARK_PRINTER_OPTIONS, OPTIONS_END};

const struct cli_command trash_command = {
	.name = "trash",
	.usage =
		"[list] [--json | --jsonl | --tsv | --format STRING]\nrestore ID...\nempty [--yes]",
	.summary = "what was deleted: list it, restore it, drop it for good",
	.details = "A restored bookmark has its id, tags and dates again; it is refused if its "
		   "address is\n"
		   "in use. Emptying cannot be undone, and asks.",
	.words = "list restore empty",
	.most = SIZE_MAX,
	.options = options,
	.run = trash_run,
};
