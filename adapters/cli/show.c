#include <stdlib.h>

#include "adapters/cli/bookmark_printer.h"
#include "adapters/cli/cli.h"
#include "adapters/cli/selection.h"

static enum exit_code show_print(
	struct cli *cli, struct selection *selection, struct bookmark_printer *printer)
{
	for (size_t i = 0; i < selection->count; i++)
		if (selection_has(selection, i))
			bookmark_printer_print(printer, &selection->bookmarks[i]);
	return selection_check(selection, cli->line.command->name);
}

static enum exit_code show_show(struct cli *cli, struct bookmark_printer *printer)
{
	struct selection selection;
	enum exit_code code = selection_read(&selection, cli);

	if (!code)
		code = show_print(cli, &selection, printer);
	selection_finish(&selection);
	return code;
}

static enum exit_code show_run(struct cli *cli)
{
	struct error error = {0};
	struct bookmark_printer *printer;
	enum exit_code code;

	printer = bookmark_printer_new(&cli->out, &cli->line, LAYOUT_CARDS, NULL, &error);
	if (!printer)
		return cli_misused(cli, "%s", error.text);
	code = show_show(cli, printer);
	if (code && code != EXIT_NOT_FOUND)
		bookmark_printer_cancel(printer);
	else
		bookmark_printer_finish(printer);
	return code;
}

static const enum option_id options[] = {BOOKMARK_PRINTER_OPTIONS, OPTIONS_END};

const struct cli_command show_command = {
	.name = "show",
	.usage = "ID... [--json | --jsonl | --tsv | --format STRING]",
	.summary = "show every field of each",
	.ids = true,
	.least = 1,
	.most = SIZE_MAX,
	.options = options,
	.run = show_run,
};
