#include <stdint.h>
#include <stdlib.h>
#include <time.h>

#include "adapters/cli/cli.h"
#include "adapters/cli/complaint.h"
#include "adapters/cli/interruption.h"
#include "adapters/json/json_writer.h"
#include "adapters/schedule/due_work.h"
#include "domain/base/memory.h"

/* The jobs of one run, and what is printed of them. */
struct due_run {
	struct cli *cli;
	struct poll_loop loop;
	struct star_importer *stars;
	struct due_work *work;
	struct buffer text;
	struct json_writer json;
	enum exit_code worst;
};

/* ---- what is printed */

static void put_text(struct due_run *run, const char *key, const char *text)
{
	json_add_string(&run->json, key, text && *text ? text : NULL);
}

static void put_moment(struct due_run *run, const char *key, int64_t time)
{
	json_key(&run->json, key);
	if (time > 0 && time != INT64_MAX)
		json_put_moment(&run->json, time);
	else
		json_put_null(&run->json);
}

static bool prints_json(const struct due_run *run)
{
	return run->cli->line.given[OPTION_JSON];
}

static void put_report(struct due_run *run, const struct due_report *report)
{
	json_open_object(&run->json);
	put_text(run, "job", scheduled_job_name(report->job));
	put_text(run, "status", status_name(report->status));
	put_text(run, "result", report->words);
	json_add_seconds(&run->json, "seconds", report->seconds);
	put_moment(run, "next", report->next);
	put_text(run, "error", report->reason);
	json_close_object(&run->json);
}

static void say_report(struct due_run *run, const struct due_report *report)
{
	char *line = memory_print("%s: %s", scheduled_job_name(report->job), report->words);

	if (*report->words)
		cli_say(run->cli, line);
	output_flush(&run->cli->out);
	free(line);
}

/* The first trouble decides how it ends. */
static void complain_of_job(
	struct due_run *run, const char *name, enum status status, const struct error *error)
{
	char *what = memory_print("run-due: %s", name);
	enum exit_code code = complain_of(what, status, error);

	if (run->worst == EXIT_DONE)
		run->worst = code;
	free(what);
}

/* What another barky does is done: nothing to complain about. */
static void on_ended(void *self, const struct due_report *report)
{
	struct due_run *run = self;
	const char *name = scheduled_job_name(report->job);
	struct error error;

	if (prints_json(run))
		put_report(run, report);
	else
		say_report(run, report);
	if (report->status == STATUS_CONFLICT) {
		if (!run->cli->quiet)
			remark("%s: %s", name, report->reason);
		return;
	}
	error_set(&error, "%s", report->reason);
	complain_of_job(run, name, report->status, &error);
}

/* "2026-11-29 03:00", of this machine's time zone, as it is configured. */
static void print_due(struct due_run *run, enum scheduled_job job, int64_t due, bool is_due)
{
	time_t seconds = (time_t)due;
	struct tm local;
	char day[32] = "";

	if (localtime_r(&seconds, &local))
		strftime(day, sizeof(day), "%Y-%m-%d %H:%M", &local);
	output_format(&run->cli->out, "%-8s  %s\n", scheduled_job_name(job), is_due ? "now" : day);
}

static void put_due(struct due_run *run, const struct due_job *job, int64_t due, bool is_due)
{
	put_moment(run, "due", due);
	json_add_boolean(&run->json, "is_due", is_due);
	put_moment(run, "done", job->ran);
	json_add_integer(&run->json, "attempts", job->attempts);
	put_text(run, "result", job->result);
}

/* ---- what is done */

static void tell_job(struct due_run *run, enum scheduled_job name)
{
	const struct schedule *schedule = &run->cli->config.schedules[name];
	struct clock *clock = &run->cli->library.clock;
	struct due_job job = {0};
	enum status status;
	int64_t due;

	if (schedule->kind == SCHEDULE_OFF)
		return;
	status = due_work_look(&run->cli->library, schedule, name, &job, &due);
	if (status != STATUS_OK) {
		complain_of_job(run, scheduled_job_name(name), status, NULL);
		return;
	}
	if (!prints_json(run)) {
		print_due(run, name, due, due <= clock->now(clock));
		return;
	}
	json_open_object(&run->json);
	put_text(run, "job", scheduled_job_name(name));
	put_due(run, &job, due, due <= clock->now(clock));
	json_close_object(&run->json);
}

static void on_note(void *self, const char *line)
{
	(void)self;
	complain("run-due: stars: %s", line);
}

static bool is_stopped(void *self)
{
	(void)self;
	return interruption_signal() != 0;
}

static int stars_timeout(void *self)
{
	return star_importer_timeout(((struct due_run *)self)->stars);
}

static void stars_turn(void *self)
{
	star_importer_step(((struct due_run *)self)->stars);
}

static void end_prepare(void *self, struct poll_loop *loop)
{
	(void)self;
	if (!interruption_signal())
		poll_loop_watch(loop, interruption_fd(), POLLIN);
}

static void end_turn(void *self)
{
	if (interruption_signal())
		due_work_stop(((struct due_run *)self)->work);
}

static void run_in_loop(struct due_run *run)
{
	const struct poll_source stars = {
		.timeout = stars_timeout, .turn = stars_turn, .self = run};
	const struct poll_source end = {.prepare = end_prepare, .turn = end_turn, .self = run};

	poll_loop_add(&run->loop, &stars);
	due_work_join(run->work, &run->loop);
	poll_loop_add(&run->loop, &end);
	while (!due_work_is_over(run->work))
		poll_loop_wait(&run->loop, -1);
}

static void run_all(struct due_run *run)
{
	struct cli *cli = run->cli;
	struct http_client *client = cli_http_client(cli);
	const struct star_importer_setup stars = {
		.bus = cli->library.bus,
		.signals = &cli->library.signals,
		.clock = &cli->library.clock,
		.client = client,
		.config = &cli->config,
		.note = on_note,
		.self = run,
	};
	struct due_work_setup setup = {
		.library = &cli->library,
		.schedules = cli->config.schedules,
		.client = client,
		.once = true,
		.ended = on_ended,
		.is_stopped = is_stopped,
		.self = run,
	};

	bus_origin(cli->library.bus, "schedule");
	run->stars = setup.stars = star_importer_new(&stars);
	poll_loop_init(&run->loop, client);
	run->work = due_work_new(&setup);
	run_in_loop(run);
	due_work_free(run->work);
	poll_loop_finish(&run->loop);
	star_importer_free(run->stars);
	http_client_free(client);
}

static void tell_all(struct due_run *run)
{
	for (int job = 0; job < SCHEDULED_JOBS; job++)
		tell_job(run, (enum scheduled_job)job);
}

static bool anything_is_scheduled(const struct cli *cli)
{
	for (int job = 0; job < SCHEDULED_JOBS; job++)
		if (cli->config.schedules[job].kind != SCHEDULE_OFF)
			return true;
	return false;
}

static enum exit_code run_due_jobs(struct cli *cli)
{
	struct due_run run = {.cli = cli};
	bool dry = cli->line.given[OPTION_DRY_RUN];
	enum exit_code code = dry ? cli_open_reading(cli) : cli_open(cli);

	if (code)
		return code;
	run.json.out = &run.text;
	json_open_array(&run.json);
	if (dry)
		tell_all(&run);
	else
		run_all(&run);
	json_close_array(&run.json);
	buffer_add_char(&run.text, '\n');
	if (prints_json(&run))
		output_bytes(&cli->out, buffer_text(&run.text), run.text.length);
	else if (!cli->quiet && !anything_is_scheduled(cli))
		remark("Nothing is scheduled: see [schedule] under CONFIGURATION in the manual");
	buffer_finish(&run.text);
	return run.worst;
}

static const enum option_id options[] = {OPTION_DRY_RUN, OPTION_JSON, OPTIONS_END};

const struct cli_command run_due_command = {
	.name = "run-due",
	.usage = "[--dry-run] [--json]",
	.summary = "do the scheduled work that is due",
	.details =
		"What the configuration's [schedule] names and is due is done: bookmarks are taken "
		"in from\n"
		"browsers, stars imported, links checked. An open screen does it by itself; this "
		"is for\n"
		"cron or a timer, as often as you like. However many run, each job is done once. "
		"What\n"
		"failed is tried again after 5 minutes, then 10 and so on up to 6 hours. Nothing "
		"due is\n"
		"no error, and prints nothing; --dry-run says when each is due.",
	.options = options,
	.run = run_due_jobs,
};
