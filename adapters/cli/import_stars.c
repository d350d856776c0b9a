#include "adapters/cli/import_stars.h"

#include <stdlib.h>

#include "adapters/cli/complaint.h"
#include "adapters/cli/interruption.h"
#include "adapters/cli/progress.h"
#include "adapters/system/config.h"
#include "adapters/stars/forge.h"
#include "adapters/json/json_writer.h"
#include "adapters/stars/star_importer.h"
#include "adapters/stars/token_command.h"
#include "domain/memory.h"
#include "domain/moment.h"

struct stars {
	struct cli *cli;
	struct config config;
	struct progress progress;
	struct http_client *client;
	struct star_importer *importer;
};

static char *ask_token_command(void *self, struct reason *reason)
{
	return token_command_ask(&((struct stars *)self)->config, reason);
}

static void note(void *self, const char *line)
{
	struct stars *stars = self;

	progress_clear(&stars->progress);
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
	char time[MOMENT_SIZE];

	moment_print(at->until, time);
	return memory_print("%s until %s (page %zu of %zu, %zu new); Ctrl-C stops", why, time,
		at->page, at->pages, at->added);
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
		at->pages, at->added, at->updated, at->per_second, time);
	free(time);
	return line;
}

static void tick(void *self)
{
	struct stars *stars = self;
	struct stars_progress at;
	char *line;

	if (!star_importer_progress(stars->importer, &at) || !stars->progress.shown)
		return;
	line = progress_line(&at);
	progress_show(&stars->progress, line);
	free(line);
}

static void begin(struct stars *stars)
{
	struct cli *cli = stars->cli;
	struct star_importer_setup setup = {
		.bus = cli_bus(cli),
		.signals = &cli->library.signals,
		.clock = &cli->library.clock,
		.api = cli->line.values[OPTION_API],
		.token_command = ask_token_command,
		.note = note,
		.self = stars,
	};

	stars->client = setup.client = http_client_new();
	http_client_trust(stars->client, stars->config.ca_file);
	stars->importer = star_importer_new(&setup);
}

static void end(struct stars *stars)
{
	star_importer_free(stars->importer);
	http_client_free(stars->client);
	config_finish(&stars->config);
}

/* What refused the request, or what became of the import. */
static void run(struct stars *stars, const char *user, const struct tag_set *tags,
	struct star_summary *summary)
{
	const struct command_line *line = &stars->cli->line;
	const struct forge *forge = forge_find(line->words[0]);
	const struct command command = {
		.type = REQUEST_STARS,
		.as.request_stars.request =
			{
				.forge = forge->name,
				.user = user,
				.full = line->given[OPTION_FULL] || !forge->ordered,
				.timestamps = !line->given[OPTION_NO_TIMESTAMPS],
				.topics = !line->given[OPTION_NO_TOPICS],
				.dry_run = line->given[OPTION_DRY_RUN],
				.wait = line->given[OPTION_WAIT],
				.jobs = (int)command_line_number(line, OPTION_JOBS, 0),
				.tags = tags,
			},
	};
	struct outcome outcome = {0};

	summary->status = bus_handle(cli_bus(stars->cli), &command, &outcome);
	summary->reason = outcome.reason;
	outcome_finish(&outcome);
	if (summary->status != STATUS_OK)
		return;
	star_importer_run(stars->importer, interruption_flag(), tick, stars);
	*summary = *star_importer_summary(stars->importer);
}

static const char *status_word(enum status status)
{
	if (status == STATUS_OK)
		return "complete";
	if (status == STATUS_RATE_LIMITED)
		return "rate-limited";
	return status == STATUS_INTERRUPTED ? "interrupted" : "failed";
}

static void add_number(struct json_writer *json, const char *key, int64_t number)
{
	json_key(json, key);
	json_put_integer(json, number);
}

static void add_limit(struct json_writer *json, const struct forge_limit *limit)
{
	json_key(json, "rate_limit");
	if (limit->limit < 0) {
		json_put_null(json);
		return;
	}
	json_open_object(json);
	add_number(json, "limit", limit->limit);
	add_number(json, "remaining", limit->remaining);
	json_key(json, "reset");
	if (limit->reset >= 0)
		json_put_moment(json, limit->reset);
	else
		json_put_null(json);
	json_close_object(json);
}

static void add_counts(struct json_writer *json, const struct star_summary *summary)
{
	add_number(json, "pages", (int64_t)summary->pages);
	add_number(json, "fetched", (int64_t)summary->fetched);
	add_number(json, "added", (int64_t)summary->added);
	add_number(json, "updated", (int64_t)summary->updated);
	add_number(json, "unchanged", (int64_t)summary->unchanged);
	add_number(json, "unstarred", (int64_t)summary->unstarred);
	add_number(json, "skipped", (int64_t)summary->skipped);
	add_number(json, "requests", (int64_t)summary->requests);
	json_key(json, "seconds");
	json_put_seconds(json, summary->seconds);
}

static const char *why(const struct star_summary *summary)
{
	if (summary->status == STATUS_OK)
		return NULL;
	return *summary->reason.text ? summary->reason.text : status_sentence(summary->status);
}

static void print_json(struct cli *cli, const struct star_summary *summary, const char *user)
{
	struct buffer buffer = {0};
	struct json_writer json = {.out = &buffer};

	json_open_object(&json);
	json_key(&json, "source");
	json_put_string(&json, cli->line.words[0]);
	json_key(&json, "user");
	json_put_string(&json, *summary->user ? summary->user : user);
	json_key(&json, "status");
	json_put_string(&json, status_word(summary->status));
	add_counts(&json, summary);
	add_limit(&json, &summary->limit);
	json_key(&json, "error");
	json_put_string(&json, why(summary));
	json_close_object(&json);
	buffer_add_char(&buffer, '\n');
	output_bytes(&cli->out, buffer_text(&buffer), buffer.length);
	buffer_finish(&buffer);
}

static void say(struct cli *cli, const struct star_summary *summary)
{
	bool dry = cli->line.given[OPTION_DRY_RUN];
	char *line;

	if (summary->status != STATUS_OK && summary->pages == 0)
		return;
	line = memory_print("%s:%s: %s%zu added, %zu updated, %zu unchanged, %zu unstarred, "
			    "%zu skipped",
		cli->line.words[0], summary->user, dry ? "would be: " : "", summary->added,
		summary->updated, summary->unchanged, summary->unstarred, summary->skipped);
	cli_say(cli, line);
	free(line);
}

enum exit_code import_stars(struct cli *cli, const char *user, const struct tag_set *tags)
{
	struct stars stars = {.cli = cli};
	struct star_summary summary = {.limit = {-1, -1, -1}};
	enum exit_code code = cli_open(cli);

	summary.status = STATUS_IO;
	if (!code) {
		cli_config(cli, &stars.config);
		progress_init(&stars.progress, cli->line.values[OPTION_PROGRESS], cli->quiet);
		begin(&stars);
		run(&stars, user, tags, &summary);
		progress_clear(&stars.progress);
		code = complain_of("import", summary.status, &summary.reason);
		end(&stars);
	}
	if (cli->line.given[OPTION_JSON])
		print_json(cli, &summary, user);
	else if (!code)
		say(cli, &summary);
	return code;
}
