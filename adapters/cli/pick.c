#include <stdint.h>
#include <stdlib.h>

#include "adapters/cli/bookmark_printer.h"
#include "adapters/cli/cli.h"
#include "adapters/cli/cli_query.h"
#include "adapters/cli/complaint.h"

static const enum option_id forms[] = {BOOKMARK_PRINTER_OPTIONS, OPTIONS_END};

/* Without another form, an address a line. */
static struct command_line printed_line(const struct command_line *given)
{
	struct command_line line = *given;

	for (const enum option_id *form = forms; *form != OPTIONS_END; form++)
		if (line.given[*form])
			return line;
	line.given[OPTION_FORMAT] = true;
	line.values[OPTION_FORMAT] = "{url}";
	return line;
}

static struct cli_choice choice_of(const struct cli *cli, const char *query)
{
	return (struct cli_choice){
		.library = cli->line.values[OPTION_DB],
		.config = cli->line.values[OPTION_CONFIG],
		.color = cli->line.values[OPTION_COLOR],
		.query = query,
		.multi = cli->line.given[OPTION_MULTI],
	};
}

static enum exit_code pick(struct cli *cli, const char *query, struct bookmark_printer *printer)
{
	const struct cli_choice choice = choice_of(cli, query);
	enum exit_code code = cli->screen->pick(&choice, bookmark_printer_print, printer);

	if (code) {
		bookmark_printer_cancel(printer);
		return code;
	}
	if (!bookmark_printer_count(printer)) {
		complain("pick: what was chosen was deleted for good meanwhile");
		code = EXIT_NOT_FOUND;
	}
	bookmark_printer_finish(printer);
	return code;
}

/* A query that cannot be read is refused here; one that is typed there says so on the screen. */
static enum exit_code run_pick(struct cli *cli)
{
	const struct command_line line = printed_line(&cli->line);
	struct error error = {0};
	struct bookmark_printer *printer;
	struct query *query = NULL;
	char *text;
	enum exit_code code = cli_query_read_words(cli, &query);

	query_free(query);
	if (code)
		return code;
	printer = bookmark_printer_new(&cli->out, &line, LAYOUT_LINES, NULL, &error);
	if (!printer)
		return cli_misused(cli, "%s", error.text);
	text = command_line_join(&cli->line, 0);
	code = pick(cli, text, printer);
	free(text);
	return code;
}

static const enum option_id options[] = {OPTION_MULTI, BOOKMARK_PRINTER_OPTIONS, OPTIONS_END};

const struct cli_command pick_command = {
	.name = "pick",
	.usage = "[QUERY...] [--multi] [--json | --jsonl | --tsv | --format STRING]",
	.summary = "choose on the terminal, print the address",
	.details =
		"The screen is drawn on /dev/tty, so standard input and output may be pipes:\n"
		"\n"
		"  xdg-open \"$(barky pick)\"\n"
		"  barky pick --multi '#reading' | xargs -r -d '\\n' w3m\n"
		"\n"
		"Type to filter, Enter chooses what is under the cursor, Esc nothing. With "
		"--multi, "
		"Tab\nmarks, and Enter chooses what is marked. C-o leaves the prompt for the keys "
		"of "
		"the list.\nNothing can be changed here. The exit code is 0, or 130 if nothing was "
		"chosen.\ndoc/pick.md has examples for bash, zsh, fish, vim and tmux.",
	.query = true,
	.most = SIZE_MAX,
	.options = options,
	.run = run_pick,
};
