#include <stdint.h>
#include <stdlib.h>

#include "adapters/cli/cli.h"
#include "adapters/cli/complaint.h"
#include "adapters/cli/interruption.h"
#include "adapters/cli/question.h"
#include "adapters/cli/selection.h"

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

static enum exit_code delete_run(struct cli *cli)
{
	int64_t *ids;
	size_t count;
	enum exit_code code = selection_ids(cli, &ids, &count);

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
	.ids = true,
	.most = SIZE_MAX,
	.options = options,
	.run = delete_run,
};
