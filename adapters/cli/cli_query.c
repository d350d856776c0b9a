#include "adapters/cli/cli_query.h"

#include <stdlib.h>
#include <string.h>

#include "adapters/cli/complaint.h"
#include "domain/base/memory.h"
#include "adapters/cli/interruption.h"
#include "domain/base/text.h"

static void show_place(const char *text, const struct query_error *failure)
{
	char *shown = text_displayable(text);

	remark("%s", shown);
	remark("%*s", (int)query_error_column(failure, text) + 1, "^");
	free(shown);
}

enum exit_code cli_query_read(struct cli *cli, const char *text, struct query **query)
{
	struct query_error failure;

	*query = query_parse(text, &failure);
	if (!*query) {
		complain("%s: %s: see barky %s --help", cli->line.command->name, failure.message,
			cli->line.command->name);
		show_place(text, &failure);
		return EXIT_MISUSED;
	}
	if ((*query)->kind == QUERY_ALL) {
		query_free(*query);
		*query = NULL;
	}
	return EXIT_DONE;
}

enum exit_code cli_query_read_words(struct cli *cli, struct query **query)
{
	char *text = command_line_join(&cli->line, 0);
	enum exit_code code = cli_query_read(cli, text, query);

	free(text);
	return code;
}

/* The values of --sort, as the search and as the library order by them. */
static const struct {
	const char *name;
	enum row_order order;
	enum listing_order listing;
} orders[] = {
	{"added", NEWEST_FIRST, BY_ADDED},
	{"modified", LAST_MODIFIED, BY_MODIFIED},
	{"title", BY_FOLDED_TITLE, BY_TITLE},
	{"url", BY_FOLDED_URL, BY_URL},
};

#define ORDERS (sizeof(orders) / sizeof(orders[0]))

struct search_options cli_query_options(
	const struct command_line *line, const struct query *query, enum row_order order)
{
	const char *sort = line->values[OPTION_SORT];

	for (size_t i = 0; sort && i < ORDERS; i++)
		if (!strcmp(orders[i].name, sort))
			order = orders[i].order;
	return (struct search_options){
		.query = query,
		.order = order,
		.reverse = line->given[OPTION_REVERSE],
		.offset = (size_t)command_line_number(line, OPTION_OFFSET, 0),
		.limit = (size_t)command_line_number(line, OPTION_LIMIT, 0),
	};
}

/* Everything is no search: the library's own order is read, as far as it is wanted. */
static enum status visit_all(struct cli *cli, const struct search_options *options,
	bookmark_visit_fn visit, void *self, struct error *error)
{
	struct catalogue *catalogue = cli_catalogue(cli);
	struct listing listing = {
		.reverse = options->reverse,
		.offset = options->offset,
		.limit = options->limit,
	};

	for (size_t i = 0; i < ORDERS; i++)
		if (orders[i].order == options->order)
			listing.order = orders[i].listing;
	return catalogue->each(catalogue, &listing, visit, self, error);
}

enum exit_code cli_query_visit(
	struct cli *cli, const struct search_options *options, bookmark_visit_fn visit, void *self)
{
	struct error error = {0};
	enum exit_code code = cli_open_reading(cli);
	enum status status;

	if (code)
		return code;
	if (options->query)
		status = library_search_visit(&cli->library, options, visit, self, NULL, &error);
	else
		status = visit_all(cli, options, visit, self, &error);
	return cli_fail(cli, status, &error);
}

struct id_list {
	int64_t *ids;
	size_t count;
	size_t capacity;
};

static bool keep_id(void *self, const struct bookmark *bookmark)
{
	struct id_list *list = self;

	list->ids = memory_grow(list->ids, list->count, &list->capacity, sizeof(*list->ids));
	list->ids[list->count++] = bookmark->id;
	return !interruption_signal();
}

enum exit_code cli_query_ids(
	struct cli *cli, const struct query *query, int64_t **ids, size_t *count)
{
	const struct search_options options = {.query = query};
	struct id_list list = {0};
	enum exit_code code = cli_query_visit(cli, &options, keep_id, &list);

	*ids = list.ids;
	*count = list.count;
	return !code && interruption_signal() ? EXIT_INTERRUPTED : code;
}
