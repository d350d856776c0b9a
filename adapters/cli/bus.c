#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "adapters/cli/cli.h"
#include "adapters/cli/interruption.h"
#include "adapters/cli/star_run.h"
#include "adapters/json/json_bus.h"

struct bus_run {
	struct cli *cli;
	struct json_bus bus;
	struct star_run *stars; /* NULL before the first request of stars */
	enum exit_code code;    /* of the first request that was refused */
};

/* An import is many transactions, and is answered when it has ended. */
static enum status take_stars(void *self, const struct star_request *request, struct result *result,
	struct json_writer *json)
{
	struct bus_run *run = self;
	struct star_summary summary;

	if (!run->stars)
		run->stars = star_run_new(run->cli, NULL, "never");
	star_run_take(run->stars, request, &summary);
	*result = (struct result){
		.change = summary.change,
		.added = summary.added,
		.updated = summary.updated,
		.unchanged = summary.unchanged,
		.skipped = summary.skipped,
		.error = summary.error,
	};
	json_key(json, "stars");
	star_summary_json(json, &summary, "github", request->user);
	return summary.status;
}

static bool is_blank(const char *line, size_t length)
{
	while (length && strchr(" \t\r\n", line[length - 1]))
		length--;
	return length == 0;
}

/* Read, handed to the bus, answered after the commit. */
static void bus_take_line(struct bus_run *run, const char *line, size_t length)
{
	struct output *out = &run->cli->out;
	struct buffer answer = {0};
	enum status status;

	if (is_blank(line, length))
		return;
	status = json_bus_handle(&run->bus, line, length, &answer);
	buffer_add_char(&answer, '\n');
	output_bytes(out, buffer_text(&answer), answer.length);
	output_flush(out);
	buffer_finish(&answer);
	if (!run->code)
		run->code = exit_code_of(status);
}

/* The first trouble decides how it ends, but the rest is done all the same. */
static void bus_serve(struct bus_run *run)
{
	char *line = NULL;
	size_t capacity = 0;
	ssize_t length;

	while (!interruption_signal() && !output_broken(&run->cli->out) &&
		(length = getline(&line, &capacity, stdin)) >= 0)
		bus_take_line(run, line, (size_t)length);
	free(line);
}

static enum exit_code bus_command_run(struct cli *cli)
{
	struct bus_run bus = {.cli = cli, .code = cli_open(cli)};

	bus.bus = (struct json_bus){
		.library = &cli->library,
		.take_stars = take_stars,
		.self = &bus,
	};
	if (!bus.code) {
		bus_origin(cli_bus(cli), "bus");
		bus_serve(&bus);
	}
	star_run_free(bus.stars);
	return bus.code;
}

static void print_forms(struct output *out)
{
	const char *form;

	output_string(out, "\nEvery request, with all its keys:\n\n");
	for (size_t i = 0; (form = json_bus_form(i)); i++)
		output_format(out, "  %s\n", form);
}

static const enum option_id options[] = {OPTIONS_END};

const struct cli_command bus_command = {
	.name = "bus",
	.usage = "",
	.summary = "take JSON commands, one a line; print their results, one a line",
	.details =
		"Each command is one transaction, an import of stars one a page, and answered "
		"after "
		"it was\n"
		"committed. \"request\", any value, comes back with the answer. \"origin\": NAME "
		"goes into\n"
		"the events as bus:NAME; \"change\": N joins change N, so that undo takes back "
		"both.\n"
		"The exit code is that of the first command that was refused.",
	.more = print_forms,
	.options = options,
	.run = bus_command_run,
};
