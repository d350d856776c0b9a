#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#include "adapters/cli/bookmark_printer.h"
#include "adapters/cli/cli.h"
#include "adapters/cli/cli_query.h"
#include "domain/base/memory.h"
#include "domain/search/query.h"

/* After Fisher and Yates; that 2^64 is no multiple of a count does not show. */
static void shuffle(int64_t *ids, size_t count)
{
	for (size_t left = count; left > 1; left--) {
		uint64_t chance = 0;
		size_t other;
		int64_t id = ids[left - 1];

		if (getentropy(&chance, sizeof(chance)) != 0)
			return;
		other = chance % left;
		ids[left - 1] = ids[other];
		ids[other] = id;
	}
}

static bool is_random(const struct command_line *line)
{
	return line->given[OPTION_SORT] && !strcmp(line->values[OPTION_SORT], "random");
}

static enum exit_code print_ids(struct cli *cli, const struct search_options *options,
	const int64_t *ids, size_t count, struct bookmark_printer *printer)
{
	struct catalogue *catalogue = cli->library.catalogue;
	struct error error = {0};
	size_t left = count - options->offset;
	enum status status = catalogue->each_of(catalogue, ids + options->offset,
		options->limit < left ? options->limit : left, bookmark_printer_print, printer,
		&error);

	return cli_fail(cli, status, &error);
}

static enum exit_code print_shuffled(struct cli *cli, const struct query *query,
	const struct search_options *options, struct bookmark_printer *printer)
{
	int64_t *ids;
	size_t count;
	enum exit_code code = cli_query_ids(cli, query, &ids, &count);

	shuffle(ids, count);
	if (!code && options->offset < count)
		code = print_ids(cli, options, ids, count, printer);
	free(ids);
	return code;
}

/* list and search: the same but for the order, and for what it means that nothing matched. */
static enum exit_code list_print(struct cli *cli, const struct query *query, enum row_order order)
{
	const struct search_options options = cli_query_options(&cli->line, query, order);
	struct error error = {0};
	struct bookmark_printer *printer;
	enum exit_code code;
	bool found;

	printer = bookmark_printer_new(&cli->out, &cli->line, LAYOUT_LINES, query, &error);
	if (!printer)
		return cli_misused(cli, "%s", error.text);
	if (is_random(&cli->line))
		code = print_shuffled(cli, query, &options, printer);
	else
		code = cli_query_visit(cli, &options, bookmark_printer_print, printer);
	found = bookmark_printer_count(printer) > 0;
	if (code) {
		bookmark_printer_cancel(printer);
		return code;
	}
	bookmark_printer_finish(printer);
	return order == BEST_FIRST && !found ? EXIT_NOT_FOUND : EXIT_DONE;
}

static enum exit_code list_find(struct cli *cli, enum row_order order)
{
	struct query *query = NULL;
	enum exit_code code = cli_query_read_words(cli, &query);

	if (!code)
		code = list_print(cli, query, order);
	query_free(query);
	return code;
}

static enum exit_code run_list(struct cli *cli)
{
	return list_find(cli, NEWEST_FIRST);
}

static enum exit_code run_search(struct cli *cli)
{
	return list_find(cli, BEST_FIRST);
}

static const enum option_id options[] = {OPTION_SORT, OPTION_REVERSE, OPTION_LIMIT, OPTION_OFFSET,
	BOOKMARK_PRINTER_OPTIONS, OPTIONS_END};

static void print_query_help(struct output *output)
{
	const char *word;

	output_string(output,
		"\nword  \"two words\"  ~fuzzy  -word  NOT word  a OR b  ( ... )  /regex/\n"
		"title: url: notes:  tag:NAME #NAME tag:a*  site:github.com  source:github\n"
		"added:2024-05 added:>=2024 added:2023-01..2023-06 modified: checked:\n");
	for (size_t i = 0; (word = query_state_word(i)); i++)
		output_format(output, "%sis:%s", i ? " " : "", word);
	output_string(output, "\nA word that begins with a \"-\" belongs to the query.\n");
}

const struct cli_command list_command = {
	.name = "list",
	.usage = "[QUERY...] [--sort KEY] [--reverse] [--limit N] [--offset N]\n"
		 " [--json | --jsonl | --tsv | --format STRING]",
	.summary = "list bookmarks, newest first",
	.more = print_query_help,
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
	.more = print_query_help,
	.query = true,
	.least = 1,
	.most = SIZE_MAX,
	.options = options,
	.run = run_search,
};
