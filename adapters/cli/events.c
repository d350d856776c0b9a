#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "adapters/cli/cli.h"
#include "adapters/cli/complaint.h"
#include "adapters/cli/interruption.h"
#include "adapters/cli/output.h"
#include "adapters/json/event_json.h"
#include "adapters/json/json_writer.h"
#include "adapters/sqlite/database.h"
#include "adapters/sqlite/event_log.h"
#include "adapters/sqlite/library_watch.h"
#include "domain/base/buffer.h"
#include "domain/base/text.h"
#include "domain/base/timestamp.h"
#include "domain/bookmarks/catalogue.h"

/*
 * Events on standard output: a line each, for people or as JSON. They are read in pieces and
 * printed between them, so that the library is never held while the output waits for its reader.
 */
struct event_printer {
	struct output *output;
	bool json;
	bool wanted[EVENT_TYPES]; /* none set: all are */
	bool chosen;
	size_t limit; /* how many more are to be printed */
	int64_t last; /* the number of the latest that was read */
	struct buffer buffer;
	size_t piece;
};

/* People are told of so many bookmarks by number; the rest is counted. */
#define NAMED_MAX 8

/* Events read at a time. */
#define PIECE_MAX 256

static void event_print_ids(struct buffer *buffer, const struct event *event)
{
	for (size_t i = 0; i < event->count && i < NAMED_MAX; i++)
		buffer_print(buffer, " %lld", (long long)event->bookmarks[i]);
	if (event->count > NAMED_MAX)
		buffer_print(buffer, " and %zu more", event->count - NAMED_MAX);
}

static void print_text(struct buffer *buffer, const char *before, const char *text)
{
	char *safe;

	if (!text || !*text)
		return;
	safe = text_printable(text);
	buffer_print(buffer, "  %s%s", before, safe);
	free(safe);
}

static void print_plain(struct buffer *buffer, const struct event *event)
{
	char at[TIMESTAMP_SIZE];

	timestamp_print(event->at, at);
	buffer_print(buffer, "%6lld  %s  %-18s", (long long)event->id, at, event_name(event->type));
	event_print_ids(buffer, event);
	print_text(buffer, "", event->fields);
	print_text(buffer, "", event->subject);
	print_text(buffer, "by ", event->origin);
}

static bool take_event(void *self, const struct event *event)
{
	struct event_printer *printer = self;
	struct json_writer json = {.out = &printer->buffer};

	printer->last = event->id;
	if (!printer->chosen || printer->wanted[event->type]) {
		if (printer->json)
			event_json_put(&json, event);
		else
			print_plain(&printer->buffer, event);
		buffer_add_char(&printer->buffer, '\n');
		printer->limit--;
	}
	return ++printer->piece < PIECE_MAX && printer->limit && !interruption_signal();
}

/* Prints what came after printer->last; true while there may be more to print at all. */
static enum status event_printer_print(
	struct event_printer *printer, struct catalogue *catalogue, struct error *error)
{
	enum status status = STATUS_OK;

	do {
		printer->piece = 0;
		if (printer->limit)
			status = catalogue->each_event(
				catalogue, printer->last, take_event, printer, error);
		output_bytes(
			printer->output, buffer_text(&printer->buffer), printer->buffer.length);
		output_flush(printer->output);
		buffer_clear(&printer->buffer);
	} while (status == STATUS_OK && printer->piece == PIECE_MAX && printer->limit &&
		 !output_broken(printer->output) && !interruption_signal());
	return status;
}

struct events_run {
	struct cli *cli;
	struct event_printer printer;
	const char *consumer; /* NULL: none */
	int64_t since;
	char line[32]; /* of standard input: an id that is acknowledged */
	size_t length;
	bool input; /* is to be read */
};

static enum exit_code print_new(struct events_run *run)
{
	struct error error = {0};

	return cli_fail(run->cli,
		event_printer_print(&run->printer, run->cli->library.catalogue, &error), &error);
}

/* A consumer is no bookmark: its absence is a plain failure. */
static enum exit_code consumer_fail(
	struct cli *cli, const char *name, enum status status, struct error *error)
{
	if (status == STATUS_NOT_FOUND) {
		complain("events: there is no consumer \"%s\": see barky events --consumers", name);
		return EXIT_FAILED;
	}
	return cli_fail(cli, status, error);
}

static enum exit_code acknowledge(struct events_run *run, int64_t id)
{
	struct error error = {0};

	return consumer_fail(run->cli, run->consumer,
		consumer_acknowledge(run->cli->library.database, run->consumer, id, &error),
		&error);
}

static enum exit_code take_line(struct events_run *run)
{
	int64_t id;

	run->line[run->length] = '\0';
	run->length = 0;
	if (!*run->line)
		return EXIT_DONE;
	if (!command_line_id(run->line, &id)) {
		complain("events: \"%s\" is not the id of an event", run->line);
		return EXIT_DONE;
	}
	return acknowledge(run, id);
}

/* Ids, a line each; what is too long for one is cut, and then no id. */
static enum exit_code take_input(struct events_run *run)
{
	char bytes[1024];
	ssize_t length = read(STDIN_FILENO, bytes, sizeof(bytes));
	enum exit_code code = EXIT_DONE;

	run->input = length > 0;
	for (ssize_t i = 0; i < length && !code; i++) {
		if (bytes[i] == '\n')
			code = take_line(run);
		else if (bytes[i] != '\r' && run->length + 1 < sizeof(run->line))
			run->line[run->length++] = bytes[i];
	}
	return code;
}

/* Waits for a sign; false when it is time to stop: a signal, or nobody reads any more. */
static bool wait_for_sign(
	struct events_run *run, struct library_watch *watch, bool *news, enum exit_code *code)
{
	struct pollfd waits[] = {
		{.fd = watch->file.fd, .events = POLLIN},
		{.fd = interruption_fd(), .events = POLLIN},
		{.fd = fileno(run->cli->out.file), .events = 0},
		{.fd = run->input ? STDIN_FILENO : -1, .events = POLLIN},
	};

	poll(waits, sizeof(waits) / sizeof(waits[0]), library_watch_timeout(watch));
	*news = library_watch_take(watch);
	if (waits[3].revents)
		*code = take_input(run);
	return !interruption_signal() && !(waits[2].revents & (POLLERR | POLLHUP));
}

static enum exit_code find_end(struct events_run *run, int64_t *last)
{
	struct catalogue *catalogue = run->cli->library.catalogue;
	struct error error = {0};

	return cli_fail(run->cli, catalogue->last_event(catalogue, last, &error), &error);
}

static enum exit_code refuse_other_history(const struct events_run *run)
{
	complain("events: the position of %s is of another history of this library, which was put "
		 "back from a copy: barky events --forget %s, and begin anew",
		run->consumer, run->consumer);
	return EXIT_FAILED;
}

/* Where another library was put in the place of this one, what comes there is told: its log may
 * end before the place that was come to. A consumer's position is nothing there. */
static enum exit_code follow_place(struct events_run *run)
{
	struct database *database = run->cli->library.database;
	struct error error = {0};
	enum exit_code code;
	int64_t end = 0;

	if (database_place(database) != LIBRARY_REPLACED)
		return EXIT_DONE;
	if (run->consumer)
		return refuse_other_history(run);
	code = cli_fail(run->cli, database_reopen(database, &error), &error);
	if (!code)
		code = find_end(run, &end);
	if (!code && end < run->printer.last)
		run->printer.last = end;
	return code;
}

static enum exit_code print_news(struct events_run *run)
{
	enum exit_code code = follow_place(run);

	return code ? code : print_new(run);
}

static enum exit_code events_follow(struct events_run *run)
{
	struct library_watch watch;
	enum exit_code code;
	bool news = true;

	library_watch_init(&watch, database_path(run->cli->library.database));
	if (!watch.file.on) {
		complain("events: the library's folder cannot be watched");
		library_watch_finish(&watch);
		return EXIT_FAILED;
	}
	run->input = run->consumer != NULL;
	code = print_new(run);
	while (!code && run->printer.limit && !output_broken(&run->cli->out) &&
		wait_for_sign(run, &watch, &news, &code))
		if (news && !code)
			code = print_news(run);
	library_watch_finish(&watch);
	return code;
}

static bool has_since(const struct events_run *run)
{
	return run->cli->line.given[OPTION_SINCE];
}

static bool is_now(const struct events_run *run)
{
	return has_since(run) && strcmp(run->cli->line.values[OPTION_SINCE], "now") == 0;
}

/*
 * Where the printing begins. The log may end before the place that was given, which is of another
 * library then, or of one that a copy took the place of: what is new is told all the same.
 */
static enum exit_code find_begin(struct events_run *run, bool otherwise_now)
{
	bool now = is_now(run) || (otherwise_now && !has_since(run));
	int64_t end = 0;
	enum exit_code code = now || run->since ? find_end(run, &end) : EXIT_DONE;

	run->printer.last = !now && run->since < end ? run->since : end;
	return code;
}

/* A new consumer begins where it is told to, else now; a known one where it was. */
static enum exit_code begin_consumer(struct events_run *run)
{
	struct database *database = run->cli->library.database;
	struct consumer consumer;
	struct error error = {0};
	enum status status = consumer_find(database, run->consumer, &consumer, &error);
	enum exit_code code;

	if (status == STATUS_OK && consumer.other_history)
		return refuse_other_history(run);
	if (status == STATUS_OK) {
		run->printer.last = consumer.position;
		return EXIT_DONE;
	}
	if (status != STATUS_NOT_FOUND)
		return cli_fail(run->cli, status, &error);
	code = find_begin(run, true);
	if (code)
		return code;
	return cli_fail(run->cli,
		consumer_place(database, run->consumer, run->printer.last, &error), &error);
}

static enum exit_code print_events(struct events_run *run)
{
	const struct command_line *line = &run->cli->line;
	enum exit_code code;

	if (run->consumer || line->given[OPTION_FOLLOW])
		code = cli_open(run->cli);
	else
		code = cli_open_reading(run->cli);
	if (!code && run->consumer)
		code = begin_consumer(run);
	else if (!code)
		code = find_begin(run, false);
	if (code)
		return code;
	return line->given[OPTION_FOLLOW] ? events_follow(run) : print_new(run);
}

static bool print_consumer(void *self, const struct consumer *consumer)
{
	struct events_run *run = self;
	struct output *out = &run->cli->out;
	struct buffer buffer = {0};
	struct json_writer json = {.out = &buffer};

	if (!run->printer.json) {
		output_format(out, "%8lld  %8lld  ", (long long)consumer->position,
			(long long)consumer->behind);
		output_text(out, consumer->name);
		output_string(out, consumer->other_history ? "  (of another history)\n" : "\n");
		return true;
	}
	json_open_object(&json);
	json_add_string(&json, "consumer", consumer->name);
	json_add_integer(&json, "position", consumer->position);
	json_add_integer(&json, "behind", consumer->behind);
	json_add_integer(&json, "attempts", consumer->attempts);
	json_add_boolean(&json, "other_history", consumer->other_history);
	json_close_object(&json);
	output_line(out, &buffer);
	return true;
}

static enum exit_code list_consumers(struct events_run *run)
{
	struct error error = {0};
	enum exit_code code = cli_open_reading(run->cli);

	if (code)
		return code;
	return cli_fail(run->cli,
		consumers_each(run->cli->library.database, print_consumer, run, &error), &error);
}

static enum exit_code forget_consumer(struct events_run *run)
{
	const char *name = run->cli->line.values[OPTION_FORGET];
	struct error error = {0};
	enum exit_code code = cli_open(run->cli);

	if (code)
		return code;
	return consumer_fail(
		run->cli, name, consumer_forget(run->cli->library.database, name, &error), &error);
}

/* "2024-05-01", or a time as --json prints them. */
static bool read_date(const char *text, int64_t *seconds)
{
	char whole[TIMESTAMP_SIZE];

	if (strlen(text) == strlen("2024-05-01")) {
		snprintf(whole, sizeof(whole), "%sT00:00:00Z", text);
		text = whole;
	}
	return timestamp_read(text, seconds);
}

static enum exit_code forget_before(struct events_run *run)
{
	struct cli *cli = run->cli;
	struct error error = {0};
	int64_t before, dropped;
	enum exit_code code;
	char sentence[64];

	if (!read_date(cli->line.values[OPTION_FORGET_BEFORE], &before))
		return cli_misused(cli, "--forget-before: \"%s\" is not a date as 2024-05-01",
			cli->line.values[OPTION_FORGET_BEFORE]);
	code = cli_open(cli);
	if (!code)
		code = cli_fail(cli,
			event_log_forget(cli->library.database, before, &dropped, &error), &error);
	if (code)
		return code;
	snprintf(sentence, sizeof(sentence), "Dropped %lld %s", (long long)dropped,
		dropped == 1 ? "event" : "events");
	cli_say(cli, sentence);
	return EXIT_DONE;
}

static enum exit_code acknowledge_given(struct events_run *run)
{
	enum exit_code code = cli_open(run->cli);

	return code ? code : acknowledge(run, command_line_number(&run->cli->line, OPTION_ACK, 0));
}

static enum exit_code events_read_names(struct events_run *run)
{
	const struct command_line *line = &run->cli->line;

	for (size_t i = 0; i < line->repeat_count; i++) {
		enum event_type type;

		if (!event_type_of(line->repeated[i], &type))
			return cli_misused(run->cli, "there is no event \"%s\"", line->repeated[i]);
		run->printer.wanted[type] = run->printer.chosen = true;
	}
	return EXIT_DONE;
}

static enum exit_code read_since(struct events_run *run)
{
	const char *since = run->cli->line.values[OPTION_SINCE];

	if (!has_since(run) || is_now(run))
		return EXIT_DONE;
	if (strspn(since, "0123456789") != strlen(since) || !*since || strlen(since) > 18)
		return cli_misused(run->cli, "--since: \"%s\" is not the id of an event", since);
	run->since = strtoll(since, NULL, 10);
	return EXIT_DONE;
}

static enum exit_code check_together(struct events_run *run)
{
	const bool *given = run->cli->line.given;
	int deeds = given[OPTION_ACK] + given[OPTION_CONSUMERS] + given[OPTION_FORGET] +
		    given[OPTION_FORGET_BEFORE];

	if (given[OPTION_ACK] && !given[OPTION_CONSUMER])
		return cli_misused(run->cli, "--ack needs --consumer NAME");
	if (deeds > 1 || (deeds && given[OPTION_FOLLOW]))
		return cli_misused(run->cli,
			"one at a time: --ack, --consumers, --forget, --forget-before, --follow");
	return EXIT_DONE;
}

static enum exit_code do_what_is_asked(struct events_run *run)
{
	const bool *given = run->cli->line.given;

	if (given[OPTION_CONSUMERS])
		return list_consumers(run);
	if (given[OPTION_FORGET])
		return forget_consumer(run);
	if (given[OPTION_FORGET_BEFORE])
		return forget_before(run);
	return given[OPTION_ACK] ? acknowledge_given(run) : print_events(run);
}

static enum exit_code events_command_run(struct cli *cli)
{
	struct events_run run = {
		.cli = cli,
		.consumer = cli->line.values[OPTION_CONSUMER],
		.printer = {.output = &cli->out, .json = cli->line.given[OPTION_JSONL]},
	};
	enum exit_code code = check_together(&run);

	run.printer.limit = SIZE_MAX;
	if (cli->line.given[OPTION_LIMIT])
		run.printer.limit = (size_t)command_line_number(&cli->line, OPTION_LIMIT, 0);
	if (!code)
		code = read_since(&run);
	if (!code)
		code = events_read_names(&run);
	if (!code)
		code = do_what_is_asked(&run);
	buffer_finish(&run.printer.buffer);
	return code;
}

static void print_names(struct output *out)
{
	output_string(out, "\nThe events:\n");
	for (int type = 0; type < EVENT_TYPES; type++)
		output_format(out, "  %-20s%s\n", event_name((enum event_type)type),
			event_meaning((enum event_type)type));
}

static const enum option_id options[] = {OPTION_SINCE, OPTION_EVENT, OPTION_LIMIT, OPTION_FOLLOW,
	OPTION_JSONL, OPTION_CONSUMER, OPTION_ACK, OPTION_CONSUMERS, OPTION_FORGET,
	OPTION_FORGET_BEFORE, OPTIONS_END};

const struct cli_command events_command = {
	.name = "events",
	.usage = "[--since ID | --since now] [--event NAME]... [--limit N] [--follow] [--jsonl]\n"
		 "--consumer NAME [--since ID] [--event NAME]... [--limit N] [--follow] [--jsonl]\n"
		 "--consumer NAME --ack ID\n"
		 "--consumers [--jsonl]\n"
		 "--forget NAME\n"
		 "--forget-before DATE",
	.summary = "print the log of what happened",
	.details =
		"The oldest first. --follow goes on with what this and other programs do, until it "
		"is\n"
		"interrupted.\n\n"
		"A consumer has its position kept in the library: it is given what it has not "
		"acknowledged,\n"
		"again and again until it does. A new one begins after --since, else now. With "
		"--follow\n"
		"each line of standard input that is an id acknowledges up to there.",
	.more = print_names,
	.options = options,
	.run = events_command_run,
};
