#include <stdint.h>
#include <stdlib.h>

#include "adapters/cli/cli.h"
#include "adapters/cli/cli_query.h"
#include "adapters/cli/complaint.h"
#include "adapters/cli/interruption.h"
#include "adapters/cli/progress.h"
#include "adapters/json/json_writer.h"
#include "adapters/links/link_checker.h"
#include "adapters/sqlite/database.h"
#include "domain/base/memory.h"

#define DAY_SECONDS 86400

/* A check while it goes on. */
struct check {
	struct cli *cli;
	struct link_checker *checker;
	struct progress progress;
	int64_t asked_before; /* only what was not asked since; INT64_MAX: everything */
};

/* -- what is printed */

static enum paint paint_of(enum link_state state)
{
	return state == LINK_MOVED ? PAINT_LABEL : PAINT_MARK;
}

/* What works is not worth a line. */
static bool print_link(void *self, const struct bookmark *bookmark)
{
	struct check *check = self;
	const struct bookmark_link *link = &bookmark->link;
	struct output *out = &check->cli->out;

	if (link->state == LINK_OK || link->state == LINK_UNCHECKED)
		return true;
	output_paint(out, PAINT_ID);
	output_format(out, "%lld ", (long long)bookmark->id);
	output_plain(out);
	output_paint(out, paint_of(link->state));
	output_format(out, "%-7s ", link_state_name(link->state));
	output_plain(out);
	output_text(out, bookmark->url);
	output_string(out, link->url ? " → " : ": ");
	output_text(out, link->url ? link->url : link->reason ? link->reason : "");
	output_string(out, "\n");
	return !output_broken(out);
}

static void on_recorded(void *self, const int64_t *bookmarks, size_t count)
{
	struct check *check = self;
	struct catalogue *catalogue = check->cli->library.catalogue;

	if (check->cli->line.given[OPTION_JSON])
		return;
	progress_clear(&check->progress);
	catalogue->each_of(catalogue, bookmarks, count, print_link, check, NULL);
	output_flush(&check->cli->out);
}

static void check_print_json(struct cli *cli, const struct links_progress *progress)
{
	const struct link_counts *counts = &progress->counts;
	struct buffer buffer = {0};
	struct json_writer json = {.out = &buffer};
	static const enum link_state states[] = {LINK_OK, LINK_MOVED, LINK_FAILING, LINK_DEAD};

	json_open_object(&json);
	json_add_integer(&json, "checked", (int64_t)counts->checked);
	for (size_t i = 0; i < sizeof(states) / sizeof(*states); i++) {
		json_key(&json, link_state_name(states[i]));
		json_put_integer(&json, (int64_t)counts->states[states[i]]);
	}
	json_add_integer(&json, "skipped", (int64_t)counts->skipped);
	json_add_seconds(&json, "seconds", progress->seconds);
	json_add_string(&json, "error", *progress->error.text ? progress->error.text : NULL);
	json_close_object(&json);
	output_line(&cli->out, &buffer);
}

static void say_counts(struct cli *cli, const struct links_progress *progress)
{
	const struct link_counts *counts = &progress->counts;
	char *line = memory_print("Checked %zu: %zu ok, %zu moved, %zu failing, %zu dead, "
				  "%zu skipped",
		counts->checked, counts->states[LINK_OK], counts->states[LINK_MOVED],
		counts->states[LINK_FAILING], counts->states[LINK_DEAD], counts->skipped);

	cli_say(cli, line);
	free(line);
}

static void show_progress(void *self)
{
	struct check *check = self;
	struct links_progress at;
	char *line;

	if (!link_checker_progress(check->checker, &at) || !check->progress.shown)
		return;
	line = memory_print("checked %zu of %zu, %zu moved, %zu failing, %zu dead", at.asked,
		at.total, at.counts.states[LINK_MOVED], at.counts.states[LINK_FAILING],
		at.counts.states[LINK_DEAD]);
	progress_show(&check->progress, line);
	free(line);
}

/* -- what is asked */

static bool add_link(void *self, const struct bookmark *bookmark)
{
	struct check *check = self;

	if (bookmark->link.checked < check->asked_before)
		link_checker_add(check->checker, bookmark->id, bookmark->url);
	return !interruption_signal();
}

static int64_t asked_before(struct cli *cli)
{
	struct clock *clock = &cli->library.clock;
	int64_t days = command_line_number(&cli->line, OPTION_OLDER_THAN, 0);

	if (!cli->line.given[OPTION_OLDER_THAN])
		return INT64_MAX;
	return clock->now(clock) - days * DAY_SECONDS;
}

static enum exit_code check_found(struct check *check, const struct query *query)
{
	struct cli *cli = check->cli;
	const struct search_options options = {.query = query, .limit = SIZE_MAX};
	struct links_progress end;
	enum exit_code code;

	check->asked_before = asked_before(cli);
	code = cli_query_visit(cli, &options, add_link, check);
	if (code)
		return code;
	link_checker_run(check->checker, interruption_flag(), show_progress, check);
	progress_clear(&check->progress);
	link_checker_progress(check->checker, &end);
	code = complain_of("check", end.status, &end.error);
	if (cli->line.given[OPTION_JSON])
		check_print_json(cli, &end);
	else
		say_counts(cli, &end);
	return code;
}

static enum exit_code check_query(struct cli *cli, const struct query *query)
{
	struct check check = {.cli = cli};
	struct http_client *client = cli_http_client(cli);
	const struct link_checker_setup setup = {
		.bus = cli->library.bus,
		.clock = &cli->library.clock,
		.client = client,
		.jobs = (int)command_line_number(&cli->line, OPTION_LINK_JOBS, 0),
		.recorded = on_recorded,
		.self = &check,
	};
	enum exit_code code;

	check.checker = link_checker_new(&setup);
	progress_init(&check.progress, cli->line.values[OPTION_PROGRESS], cli->quiet);
	code = check_found(&check, query);
	link_checker_free(check.checker);
	http_client_free(client);
	return code;
}

static enum exit_code check_in_turn(struct cli *cli, const struct query *query)
{
	struct link_turn turn;
	struct error error = {0};
	const char *path = database_path(cli->library.database);
	enum exit_code code = complain_of("check", link_turn_take(&turn, path, &error), &error);

	if (!code)
		code = check_query(cli, query);
	link_turn_give(&turn);
	return code;
}

static enum exit_code check_run(struct cli *cli)
{
	struct query *query = NULL;
	enum exit_code code = cli_query_read_words(cli, &query);

	if (!code)
		code = cli_open(cli);
	if (!code)
		code = check_in_turn(cli, query);
	query_free(query);
	return code;
}

static const enum option_id options[] = {
	OPTION_LINK_JOBS, OPTION_OLDER_THAN, OPTION_JSON, OPTION_PROGRESS, OPTIONS_END};

const struct cli_command check_command = {
	.name = "check",
	.usage = "[QUERY...] [--jobs N] [--older-than DAYS] [--json] [--progress WHEN]",
	.summary = "ask whether addresses still answer",
	.details =
		"Each http and https address is asked once, politely: one at a time and a second "
		"apart\n"
		"for each host. What is found stands beside the bookmarks and changes nothing of "
		"them:\n"
		"is:dead is:moved is:failing is:unchecked checked:2026-01 in a query. What is not\n"
		"found is failing, and dead when it is not found again a day or more later. "
		"Stopped, it\n"
		"keeps what was asked; --older-than goes on from there.",
	.query = true,
	.most = SIZE_MAX,
	.options = options,
	.run = check_run,
};
