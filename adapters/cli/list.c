#include <stdint.h>

#include "adapters/cli/bookmark_printer.h"
#include "adapters/cli/cli.h"
#include "adapters/cli/cli_query.h"

/* list and search: the same but for the order, and for what it means that nothing matched. */
static enum exit_code print(struct cli *cli, const struct query *query, enum row_order order)
{
	const struct finding finding = cli_query_finding(&cli->line, query, order);
	struct error error = {0};
	struct bookmark_printer *printer;
	enum exit_code code = EXIT_DONE;
	bool found;

	printer = bookmark_printer_new(&cli->out, &cli->line, LAYOUT_LINES, query, &error);
	if (!printer)
		return cli_misused(cli, "%s", error.text);
	if (!cli->line.given[OPTION_LIMIT] || finding.limit) /* 0 would be no limit there */
		code = cli_query_visit(cli, &finding, bookmark_printer_print, printer);
	found = bookmark_printer_count(printer) > 0;
	if (code) {
		bookmark_printer_cancel(printer);
		return code;
	}
	bookmark_printer_finish(printer);
	return order == BEST_FIRST && !found ? EXIT_NOT_FOUND : EXIT_DONE;
}

static enum exit_code find(struct cli *cli, enum row_order order)
{
	struct query *query = NULL;
	enum exit_code code = cli_query_read_words(cli, &query);

	if (!code)
		code = print(cli, query, order);
	query_free(query);
	return code;
}

static enum exit_code run_list(struct cli *cli)
{
	return find(cli, NEWEST_FIRST);
}

static enum exit_code run_search(struct cli *cli)
{
	return find(cli, BEST_FIRST);
}

static const enum option_id options[] = {OPTION_SORT, OPTION_REVERSE, OPTION_LIMIT, OPTION_OFFSET,
	BOOKMARK_PRINTER_OPTIONS, OPTIONS_END};

static const char query_help[] =
	"word  \"two words\"  ~fuzzy  -word  NOT word  a OR b  ( ... )  /regex/\n"
	"title: url: notes:  tag:NAME #NAME tag:a*  site:github.com  source:github\n"
	"added:2024-05 added:>=2024 added:2023-01..2023-06 modified:  is:untagged is:unstarred\n"
	"is:duplicate. A word that begins with a \"-\" belongs to the query.";

const struct cli_command list_command = {
	.name = "list",
	.usage = "[QUERY...] [--sort KEY] [--reverse] [--limit N] [--offset N]\n"
		 " [--json | --jsonl | --tsv | --format STRING]",
	.summary = "list bookmarks, newest first",
	.details = query_help,
	.query = true,
	.most = SIZE_MAX,
	.options = options,
	.run = run_list,
};

const struct cli_command search_command = {
	.name = "search",
	.usage = "QUERY... [--sort KEY] [--reverse] [--limit N] [--offset N]\n"
		 " [--json | --jsonl | --tsv | --format STRING]",
	.summary = "list what matches, best match first",
	.details = query_help,
	.query = true,
	.least = 1,
	.most = SIZE_MAX,
	.options = options,
	.run = run_search,
};
