#include <poll.h>
#include <unistd.h>

#include "adapters/cli/cli.h"
#include "adapters/cli/complaint.h"
#include "adapters/cli/event_printer.h"
#include "adapters/cli/interruption.h"
#include "adapters/sqlite/database.h"
#include "adapters/sqlite/library_watch.h"

static enum exit_code print_new(struct cli *cli, struct event_printer *printer)
{
	struct catalogue *catalogue = cli_catalogue(cli);
	struct error error = {0};
	enum status status;

	status = catalogue->each_event(
		catalogue, printer->last, event_printer_visit, printer, &error);
	output_flush(&cli->out);
	return cli_fail(cli, status, &error);
}

/*
 * The file is written to before the commit can be seen: after each sign of life the log is read
 * again a few times, at growing intervals, and then there is silence until the next one.
 */
static const int looks_ms[] = {0, 20, 100, 500};
#define LOOKS ((int)(sizeof(looks_ms) / sizeof(looks_ms[0])))

/* Waits for a sign; false when it is time to stop: a signal, or nobody reads any more. */
static bool wait_for_sign(struct cli *cli, struct library_watch *watch, int *look)
{
	struct pollfd waits[] = {
		{.fd = watch->fd, .events = POLLIN},
		{.fd = interruption_fd(), .events = POLLIN},
		{.fd = fileno(cli->out.file), .events = 0},
	};

	poll(waits, sizeof(waits) / sizeof(waits[0]), *look < LOOKS ? looks_ms[*look] : -1);
	*look = library_watch_take(watch) ? 0 : *look + 1;
	return !interruption_signal() && !(waits[2].revents & (POLLERR | POLLHUP));
}

static enum exit_code follow(struct cli *cli, struct event_printer *printer)
{
	struct library_watch watch;
	enum exit_code code = EXIT_DONE;
	int look = 0;

	library_watch_init(&watch, database_path(cli->library.database));
	if (watch.fd < 0) {
		complain("events: the library's folder cannot be watched");
		code = EXIT_FAILED;
	}
	while (!code && !output_broken(&cli->out) && wait_for_sign(cli, &watch, &look))
		code = print_new(cli, printer);
	library_watch_finish(&watch);
	return code;
}

static enum exit_code run(struct cli *cli)
{
	struct event_printer printer = {
		.output = &cli->out,
		.json = cli->line.given[OPTION_JSONL],
		.last = command_line_number(&cli->line, OPTION_SINCE, 0),
	};
	bool follows = cli->line.given[OPTION_FOLLOW];
	enum exit_code code = follows ? cli_open(cli) : cli_open_reading(cli);

	if (!code)
		code = print_new(cli, &printer);
	if (!code && follows)
		code = follow(cli, &printer);
	event_printer_finish(&printer);
	return code;
}

static const enum option_id options[] = {OPTION_SINCE, OPTION_FOLLOW, OPTION_JSONL, OPTIONS_END};

const struct cli_command events_command = {
	.name = "events",
	.usage = "[--since ID] [--follow] [--jsonl]",
	.summary = "print the log of what happened",
	.details = "The oldest first. --follow goes on with what this and other programs do, until "
		   "it is\n"
		   "interrupted.",
	.options = options,
	.run = run,
};
