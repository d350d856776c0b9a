#include <stdint.h>
#include <stdlib.h>

#include "adapters/cli/cli.h"
#include "adapters/cli/complaint.h"
#include "adapters/cli/cli_query.h"
#include "adapters/cli/interruption.h"
#include "adapters/cli/question.h"
#include "domain/base/memory.h"

static bool agreed(struct cli *cli, size_t count)
{
	if (count < 2 || cli->line.given[OPTION_YES] || !question_can_be_asked())
		return true;
	return question_ask("Delete %zu bookmarks?", count);
}

static enum exit_code delete_all(struct cli *cli, const int64_t *ids, size_t count)
{
	struct command command = {
		.type = DELETE_BOOKMARKS,
		.as.delete_bookmarks = {.ids = ids, .count = count},
	};

	if (agreed(cli, count))
		return cli_do(cli, &command);
	if (!interruption_signal())
		complain("delete: not agreed to: nothing was changed");
	return EXIT_FAILED;
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

static enum exit_code delete_found(struct cli *cli, const struct query *query)
{
	const struct finding finding = {.query = query};
	struct id_list list = {0};
	enum exit_code code = cli_query_visit(cli, &finding, keep_id, &list);

	if (!code && interruption_signal())
		code = EXIT_INTERRUPTED;
	if (!code && !list.count) {
		complain("delete: nothing matches: nothing was changed");
		code = EXIT_NOT_FOUND;
	}
	if (!code)
		code = delete_all(cli, list.ids, list.count);
	free(list.ids);
	return code;
}

/* --matching=TEXT and the words behind it are one query; words before it would be ids. */
static enum exit_code read_query(struct cli *cli, struct query **query)
{
	const char *value = cli->line.values[OPTION_MATCHING];
	char *words;
	char *text;
	enum exit_code code;

	if (cli->line.before[OPTION_MATCHING])
		return cli_misused(cli, "\"%s\" stands before --matching: give ids or a query",
			cli->line.words[0]);
	if (!value && !cli->line.word_count)
		return cli_misused(cli, "--matching needs a query");
	words = command_line_join(&cli->line, 0);
	text = memory_print("%s%s%s", value ? value : "", value && *words ? " " : "", words);
	code = cli_query_read(cli, text, query);
	free(text);
	free(words);
	return code;
}

static enum exit_code delete_matching(struct cli *cli)
{
	struct query *query = NULL;
	enum exit_code code = read_query(cli, &query);

	if (!code)
		code = delete_found(cli, query);
	query_free(query);
	return code;
}

static enum exit_code run(struct cli *cli)
{
	int64_t *ids = NULL;
	size_t count = 0;
	enum exit_code code;

	if (cli->line.given[OPTION_MATCHING])
		return delete_matching(cli);
	if (!cli->line.word_count)
		code = cli_misused(cli, "an argument is missing");
	else
		code = cli_ids(cli, 0, &ids, &count);
	if (!code)
		code = delete_all(cli, ids, count);
	free(ids);
	return code;
}

static const enum option_id options[] = {OPTION_MATCHING, OPTION_YES, OPTIONS_END};

const struct cli_command delete_command = {
	.name = "delete",
	.usage = "ID... [--yes]\n--matching QUERY [--yes]",
	.summary = "delete bookmarks into the trash",
	.details =
		"They stay in the trash for 30 days; undo and trash restore bring them back. On a\n"
		"terminal it asks once before it deletes more than one.",
	.query = true,
	.most = SIZE_MAX,
	.options = options,
	.run = run,
};
