#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "adapters/cli/cli.h"
#include "adapters/cli/cli_hooks.h"
#include "adapters/cli/interruption.h"
#include "adapters/cli/json_command.h"
#include "adapters/cli/json_result.h"
#include "adapters/cli/star_run.h"
#include "adapters/cli/star_summary_json.h"

struct bus_run {
	struct cli *cli;
	struct star_run *stars;             /* NULL before the first request of stars */
	const struct star_summary *summary; /* of the line's import; NULL if it was none */
};

static void answer(const struct bus_run *run, const struct json_command *read, bool known,
	enum status status, const struct result *result)
{
	struct output *out = &run->cli->out;
	struct buffer buffer = {0};
	struct json_writer json = {.out = &buffer};

	json_open_object(&json);
	json_key(&json, "command");
	json_put_string(&json, known ? command_name(read->command.type) : NULL);
	json_command_echo(&json, read);
	json_outcome_keys(&json, status, result);
	if (run->summary) {
		json_key(&json, "stars");
		star_summary_json(
			&json, run->summary, "github", read->command.as.request_stars.request.user);
	}
	json_close_object(&json);
	buffer_add_char(&buffer, '\n');
	output_bytes(out, buffer_text(&buffer), buffer.length);
	output_flush(out);
	buffer_finish(&buffer);
}

/* An import is many transactions, and is answered when it has ended. */
static enum status take_stars(struct bus_run *run, const struct star_request *request,
	struct star_summary *summary, struct result *result)
{
	if (!run->stars)
		run->stars = star_run_new(run->cli, NULL, "never");
	star_run_take(run->stars, request, summary);
	run->summary = summary;
	*result = (struct result){
		.change = summary->change,
		.added = summary->added,
		.updated = summary->updated,
		.unchanged = summary->unchanged,
		.skipped = summary->skipped,
		.error = summary->error,
	};
	return summary->status;
}

/* One line: read, handed to the bus, answered after the commit. */
static enum status take_line(struct bus_run *run, const char *line, size_t length)
{
	struct json_command read;
	struct star_summary summary;
	struct result result = {0};
	enum status status = json_command_read(&read, line, length, &result.error);
	const struct command *command = &read.command;
	bool known = !status;

	run->summary = NULL;
	if (known && command->type == REQUEST_STARS)
		status = take_stars(run, &command->as.request_stars.request, &summary, &result);
	else if (known)
		status = bus_handle(cli_bus(run->cli), command, &result);
	answer(run, &read, known, status, &result);
	result_finish(&result);
	json_command_finish(&read);
	return status;
}

static bool is_blank(const char *line, size_t length)
{
	return strspn(line, " \t\r\n") == length;
}

/* The first trouble decides how it ends, but the rest is done all the same. */
static enum exit_code take_lines(struct bus_run *run)
{
	struct cli *cli = run->cli;
	enum exit_code code = EXIT_DONE;
	char *line = NULL;
	size_t capacity = 0;
	ssize_t length;

	while (!interruption_signal() && !output_broken(&cli->out) &&
		(length = getline(&line, &capacity, stdin)) >= 0) {
		enum status status = is_blank(line, (size_t)length)
					     ? STATUS_OK
					     : take_line(run, line, (size_t)length);

		cli_hooks_turn(cli);
		if (!code)
			code = exit_code_of(status);
	}
	free(line);
	return code;
}

static enum exit_code run(struct cli *cli)
{
	struct bus_run bus = {.cli = cli};
	enum exit_code code = cli_open(cli);

	if (!code)
		code = take_lines(&bus);
	star_run_free(bus.stars);
	return code;
}

static const enum option_id options[] = {OPTIONS_END};

const struct cli_command bus_command = {
	.name = "bus",
	.usage = "",
	.summary = "take JSON commands, one a line; print their results, one a line",
	.details =
		"{\"command\": \"add_bookmarks\", \"bookmarks\": [{\"url\": …, \"title\": …, "
		"\"notes\": …,\n"
		"    \"tags\": [..]}], \"update\": false, \"partial\": false}\n"
		"{\"command\": \"edit_bookmarks\", \"edits\": [{\"id\": 12, \"url\": …, \"title\": "
		"…,\n"
		"    \"notes\": …, \"tags\": [..] or \"add_tags\": [..], \"remove_tags\": [..]}]}\n"
		"{\"command\": \"delete_bookmarks\", \"ids\": [12, 13]}\n"
		"{\"command\": \"restore_bookmarks\", \"ids\": [12, 13]}\n"
		"{\"command\": \"empty_trash\"}\n"
		"{\"command\": \"rename_tags\", \"from\": [\"a\", \"b\"], \"to\": \"c\"}\n"
		"{\"command\": \"delete_tags\", \"tags\": [\"a\"]}\n"
		"{\"command\": \"undo\", \"steps\": 1}   {\"command\": \"redo\", \"steps\": 1}\n"
		"{\"command\": \"request_stars\", \"user\": \"octocat\", \"full\": false, "
		"\"dry_run\": false,\n"
		"    \"timestamps\": true, \"topics\": true, \"wait\": false, \"jobs\": 4, "
		"\"tags\": [..]}\n\n"
		"Each is one transaction, an import of stars one a page, and answered after it was "
		"committed.\n"
		"\"request\" comes back with the result. The exit code is that of the first "
		"command "
		"that\n"
		"was refused.",
	.options = options,
	.run = run,
};
