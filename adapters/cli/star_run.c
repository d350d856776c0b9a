#include "adapters/cli/star_run.h"

#include <stdlib.h>

#include "adapters/cli/complaint.h"
#include "adapters/cli/interruption.h"
#include "adapters/cli/progress.h"
#include "adapters/json/json_writer.h"
#include "adapters/stars/star_importer.h"
#include "domain/base/memory.h"
#include "domain/base/timestamp.h"

static void add_limit(struct json_writer *json, const struct forge_limit *limit)
{
	json_key(json, "rate_limit");
	if (limit->limit < 0) {
		json_put_null(json);
		return;
	}
	json_open_object(json);
	json_add_integer(json, "limit", limit->limit);
	json_add_integer(json, "remaining", limit->remaining);
	json_key(json, "reset");
	if (limit->reset >= 0)
		json_put_moment(json, limit->reset);
	else
		json_put_null(json);
	json_close_object(json);
}

static const char *summary_error(const struct star_summary *summary)
{
	if (summary->status == STATUS_OK)
		return NULL;
	return *summary->error.text ? summary->error.text : status_message(summary->status);
}

void star_summary_json(struct json_writer *json, const struct star_summary *summary,
	const char *forge, const char *user)
{
	json_open_object(json);
	json_add_string(json, "source", forge);
	json_add_string(json, "user", *summary->user ? summary->user : user);
	json_put_import(json, summary->status, summary->pages, summary->fetched, &summary->counts,
		summary->requests, summary->seconds);
	add_limit(json, &summary->limit);
	json_add_string(json, "error", summary_error(summary));
	json_close_object(json);
}

struct star_run {
	struct cli *cli;
	struct progress progress;
	struct http_client *client;
	struct star_importer *importer;
};

static void note(void *self, const char *line)
{
	struct star_run *run = self;

	progress_clear(&run->progress);
	complain("import: %s", line);
}

static char *left(long seconds)
{
	if (seconds < 0)
		return memory_copy_string("");
	if (seconds < 60)
		return memory_print(", %ld s left", seconds);
	return memory_print(", %ld min %ld s left", seconds / 60, seconds % 60);
}

static char *waiting(const struct stars_progress *at, const char *why)
{
	char time[TIMESTAMP_SIZE];

	timestamp_print(at->until, time);
	return memory_print("%s until %s (page %zu of %zu, %zu new); Ctrl-C stops", why, time,
		at->page, at->pages, at->counts.added);
}

static char *progress_line(const struct stars_progress *at)
{
	char *time, *line;

	if (at->phase == STARS_WAITING_FOR_LIMIT)
		return waiting(at, "waiting for the rate limit");
	if (at->phase == STARS_RETRYING)
		return waiting(at, "trying again");
	if (at->page == 0)
		return memory_copy_string("connecting");
	time = left(at->seconds_left);
	line = memory_print("page %zu of %zu, %zu new, %zu updated, %.0f a second%s", at->page,
		at->pages, at->counts.added, at->counts.updated, at->per_second, time);
	free(time);
	return line;
}

static void tick(void *self)
{
	struct star_run *run = self;
	struct stars_progress at;
	char *line;

	if (!star_importer_progress(run->importer, &at) || !run->progress.shown)
		return;
	line = progress_line(&at);
	progress_show(&run->progress, line);
	free(line);
}

struct star_run *star_run_new(struct cli *cli, const char *api, const char *progress)
{
	struct star_run *run = memory_new(sizeof(*run));
	struct star_importer_setup setup = {
		.bus = cli->library.bus,
		.signals = &cli->library.signals,
		.clock = &cli->library.clock,
		.api = api,
		.config = &cli->config,
		.note = note,
		.self = run,
	};

	run->cli = cli;
	progress_init(&run->progress, progress, cli->quiet);
	run->client = setup.client = cli_http_client(cli);
	run->importer = star_importer_new(&setup);
	return run;
}

void star_run_free(struct star_run *run)
{
	if (!run)
		return;
	star_importer_free(run->importer);
	http_client_free(run->client);
	free(run);
}

void star_run_take(
	struct star_run *run, const struct star_request *request, struct star_summary *summary)
{
	const struct command command = {
		.type = REQUEST_STARS, .as.request_stars.request = *request};
	struct result result = {0};

	*summary = (struct star_summary){.limit = {-1, -1, -1}};
	summary->status = bus_handle(run->cli->library.bus, &command, &result);
	summary->error = result.error;
	result_finish(&result);
	if (summary->status != STATUS_OK)
		return;
	star_importer_run(run->importer, interruption_flag(), tick, run);
	*summary = *star_importer_summary(run->importer);
	progress_clear(&run->progress);
}
