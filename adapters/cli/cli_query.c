#include "adapters/cli/cli_query.h"

#include <limits.h>
#include <stdint.h>
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

/* What may be sorted by, as the search and, where nothing is asked, the library order by it. */
static const struct {
	const char *name;
	enum row_order order;
	enum listing_order listing;
} orders[] = {
	{"best", BEST_FIRST, BY_ADDED},
	{"added", NEWEST_FIRST, BY_ADDED},
	{"modified", LAST_MODIFIED, BY_MODIFIED},
	{"title", BY_FOLDED_TITLE, BY_TITLE},
	{"url", BY_FOLDED_URL, BY_URL},
};

#define ORDERS (sizeof(orders) / sizeof(orders[0]))

bool cli_query_order(const char *name, enum row_order *order)
{
	for (size_t i = 0; i < ORDERS; i++) {
		if (strcmp(orders[i].name, name) != 0)
			continue;
		*order = orders[i].order;
		return true;
	}
	return false;
}

struct search_options cli_query_options(
	const struct command_line *line, const struct query *query, enum row_order order)
{
	if (line->given[OPTION_SORT])
		cli_query_order(line->values[OPTION_SORT], &order);
	return (struct search_options){
		.query = query,
		.order = order,
		.reverse = line->given[OPTION_REVERSE],
		.offset = (size_t)command_line_number(line, OPTION_OFFSET, 0),
		.limit = (size_t)command_line_number(line, OPTION_LIMIT, LLONG_MAX),
	};
}

/* Everything is no search: the library's own order is read, as far as it is wanted. */
static enum status visit_all(struct cli *cli, const struct search_options *options,
	bookmark_visit_fn visit, void *self, struct error *error)
{
	struct catalogue *catalogue = cli->library.catalogue;
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

enum status cli_query_find(struct cli *cli, const struct search_options *options,
	bookmark_visit_fn visit, void *self, struct error *error)
{
	if (options->limit == 0) /* which to those that are asked here means that there is none */
		return STATUS_OK;
	if (options->query)
		return library_search_visit(&cli->library, options, visit, self, NULL, error);
	return visit_all(cli, options, visit, self, error);
}

enum exit_code cli_query_visit(
	struct cli *cli, const struct search_options *options, bookmark_visit_fn visit, void *self)
{
	struct error error = {0};
	enum exit_code code = cli_open_reading(cli);

	return code ? code
		    : cli_fail(cli, cli_query_find(cli, options, visit, self, &error), &error);
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
	const struct search_options options = {.query = query, .limit = SIZE_MAX};
	struct id_list list = {0};
	enum exit_code code = cli_query_visit(cli, &options, keep_id, &list);

	*ids = list.ids;
	*count = list.count;
	return !code && interruption_signal() ? EXIT_INTERRUPTED : code;
}
