#include <stdlib.h>

#include "adapters/cli/cli.h"

/* undo and redo: the same in both directions. */
static void say_steps(struct cli *cli, const struct result *result, const char *verb)
{
	for (size_t i = 0; i < result->step_count && !cli->quiet; i++) {
		const struct result_step *step = &result->steps[i];
		char *what = describe_change(step->command, step->bookmarks, step->subject);

		output_format(&cli->out, "%s: ", verb);
		output_text(&cli->out, what);
		output_string(&cli->out, "\n");
		free(what);
	}
}

static enum exit_code travel(struct cli *cli, struct command *command, const char *verb)
{
	struct result result = {0};
	enum exit_code code;

	code = cli_open(cli);
	if (!code)
		code = cli_handle(cli, command, &result);
	if (!code)
		say_steps(cli, &result, verb);
	result_finish(&result);
	return code;
}

static bool read_steps(struct cli *cli, size_t *steps)
{
	int64_t number = 1;
	bool good = !cli->line.word_count || command_line_id(cli->line.words[0], &number);

	*steps = (size_t)number;
	return good;
}

static enum exit_code run_undo(struct cli *cli)
{
	struct command command = {.type = UNDO};

	if (!read_steps(cli, &command.as.undo.steps))
		return cli_misused(cli, "\"%s\" is no number of changes", cli->line.words[0]);
	return travel(cli, &command, "Undid");
}

static enum exit_code run_redo(struct cli *cli)
{
	struct command command = {.type = REDO};

	if (!read_steps(cli, &command.as.redo.steps))
		return cli_misused(cli, "\"%s\" is no number of changes", cli->line.words[0]);
	return travel(cli, &command, "Redid");
}

static const enum option_id options[] = {OPTIONS_END};

const struct cli_command undo_command = {
	.name = "undo",
	.usage = "[N]",
	.summary = "undo the last change, or the last N",
	.details = "Changes of earlier runs and of other programs count too; an import is one "
		   "change.\n"
		   "What was done is printed, the latest first.",
	.most = 1,
	.options = options,
	.run = run_undo,
};

const struct cli_command redo_command = {
	.name = "redo",
	.usage = "[N]",
	.summary = "redo what was undone last, or the last N",
	.details = "A new change drops what could be redone.",
	.most = 1,
	.options = options,
	.run = run_redo,
};
