#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "adapters/cli/cli.h"
#include "adapters/cli/cli_hooks.h"
#include "adapters/cli/interruption.h"
#include "adapters/cli/json_command.h"
#include "adapters/cli/json_outcome.h"

static void answer(struct cli *cli, const struct json_command *read, bool known, enum status status,
	const struct outcome *outcome)
{
	struct buffer buffer = {0};
	struct json_writer json = {.out = &buffer};

	json_open_object(&json);
	json_key(&json, "command");
	json_put_string(&json, known ? command_name(read->command.type) : NULL);
	json_command_echo(&json, read);
	json_outcome_keys(&json, status, outcome);
	json_close_object(&json);
	buffer_add_char(&buffer, '\n');
	output_bytes(&cli->out, buffer_text(&buffer), buffer.length);
	output_flush(&cli->out);
	buffer_finish(&buffer);
}

/* One line: read, handed to the bus, answered after the commit. */
static enum status take_line(struct cli *cli, const char *line, size_t length)
{
	struct json_command read;
	struct outcome outcome = {0};
	enum status status = json_command_read(&read, line, length, &outcome.reason);
	bool known = !status;

	if (known)
		status = bus_handle(cli_bus(cli), &read.command, &outcome);
	answer(cli, &read, known, status, &outcome);
	outcome_finish(&outcome);
	json_command_finish(&read);
	return status;
}

static bool is_blank(const char *line, size_t length)
{
	return strspn(line, " \t\r\n") == length;
}

/* The first trouble decides how it ends, but the rest is done all the same. */
static enum exit_code take_lines(struct cli *cli)
{
	enum exit_code code = EXIT_DONE;
	char *line = NULL;
	size_t capacity = 0;
	ssize_t length;

	while (!interruption_signal() && !output_broken(&cli->out) &&
		(length = getline(&line, &capacity, stdin)) >= 0) {
		enum status status = is_blank(line, (size_t)length)
					     ? STATUS_OK
					     : take_line(cli, line, (size_t)length);

		cli_hooks_turn(cli);
		if (!code)
			code = exit_code_of(status);
	}
	free(line);
	return code;
}

static enum exit_code run(struct cli *cli)
{
	enum exit_code code = cli_open(cli);

	return code ? code : take_lines(cli);
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
		"{\"command\": \"undo\", \"steps\": 1}   {\"command\": \"redo\", \"steps\": 1}\n\n"
		"Each is one transaction, and answered after it was committed. \"request\" comes "
		"back\n"
		"with the result. The exit code is that of the first command that was refused.",
	.options = options,
	.run = run,
};
