#include "adapters/engine/dispatcher.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "adapters/engine/reporter.h"
#include "adapters/http/page_title.h"
#include "adapters/http_api/api_access.h"
#include "adapters/http_api/http_api.h"
#include "adapters/sqlite/database.h"
#include "adapters/system/browser.h"
#include "adapters/system/platform.h"
#include "adapters/system/spawn.h"
#include "adapters/system/steady_clock.h"
#include "adapters/system/user_command.h"
#include "domain/base/memory.h"

/* ---- how often it is told how something stands */

enum { TOLD_EVERY_MS = 100 };

/* Milliseconds until what is untold is due; -1: nothing is. */
static int pace_timeout(const struct pace *pace)
{
	int64_t left = pace->told_at + TOLD_EVERY_MS - steady_clock_ms();

	if (!pace->untold)
		return -1;
	return left > 0 ? (int)left : 0;
}

/* Something is new, if changed is set. True: tell it now; urgent does not wait. */
static bool pace_turn(struct pace *pace, bool changed, bool urgent)
{
	pace->untold = pace->untold || changed;
	if (!pace->untold || (pace_timeout(pace) > 0 && !urgent))
		return false;
	pace->untold = false;
	pace->told_at = steady_clock_ms();
	return true;
}

/* ---- the import of stars */

static void star_job_tell(struct dispatcher *dispatcher)
{
	struct star_job *job = &dispatcher->stars;
	bool changed = star_importer_progress(job->importer, &job->latest);

	if (!pace_turn(&job->pace, changed, job->latest.phase != job->told_phase))
		return;
	progress_slot_put(dispatcher->progress, &job->latest);
	mailbox_wake(dispatcher->reports);
	job->told_phase = job->latest.phase;
}

void star_job_init(struct dispatcher *dispatcher)
{
	struct library *library = dispatcher->library;
	struct star_importer_setup setup = {
		.bus = library->bus,
		.signals = &library->signals,
		.clock = &library->clock,
		.client = dispatcher->http,
		.ledger = library->work->stars,
		.config = dispatcher->config,
	};

	dispatcher->stars.importer = star_importer_new(&setup);
	star_job_tell(dispatcher); /* what an earlier run has left unfinished */
}

void star_job_finish(struct dispatcher *dispatcher)
{
	star_importer_free(dispatcher->stars.importer);
	dispatcher->stars.importer = NULL;
}

int star_job_timeout(void *self)
{
	const struct star_job *job = &((struct dispatcher *)self)->stars;

	return poll_loop_nearer(star_importer_timeout(job->importer), pace_timeout(&job->pace));
}

void star_job_turn(void *self)
{
	struct dispatcher *dispatcher = self;

	star_importer_step(dispatcher->stars.importer);
	star_job_tell(dispatcher);
}

/* ---- a check of links */

static bool check_job_add(void *self, const struct bookmark *bookmark)
{
	if (!bookmark->deleted)
		link_checker_add(self, bookmark->id, bookmark->url);
	return true;
}

static enum status check_job_add_all(
	struct dispatcher *dispatcher, const int64_t *bookmarks, size_t count, struct error *error)
{
	struct catalogue *catalogue = dispatcher->library->catalogue;
	struct link_checker *checker = dispatcher->check.checker;
	enum status status =
		catalogue->each_of(catalogue, bookmarks, count, check_job_add, checker, error);

	if (status == STATUS_OK && !link_checker_is_busy(checker))
		status = error_fail(STATUS_NOT_FOUND, error, "there is no bookmark to check");
	return status;
}

static void check_job_tell(struct dispatcher *dispatcher)
{
	struct check_job *job = &dispatcher->check;
	struct links_progress progress;
	bool changed = link_checker_progress(job->checker, &progress);

	if (!pace_turn(&job->pace, changed, !progress.running))
		return;
	progress_slot_put_links(dispatcher->progress, &progress);
	mailbox_wake(dispatcher->reports);
}

/* Of one that is over. */
static void check_job_end(struct check_job *job)
{
	link_checker_free(job->checker);
	job->checker = NULL;
	link_turn_give(&job->turn);
}

enum status check_job_start(
	struct dispatcher *dispatcher, const int64_t *bookmarks, size_t count, struct error *error)
{
	struct check_job *job = &dispatcher->check;
	struct library *library = dispatcher->library;
	struct link_checker_setup setup = {
		.bus = library->bus,
		.clock = &library->clock,
		.client = dispatcher->http,
	};
	enum status status;

	if (job->checker)
		return error_fail(STATUS_REFUSED, error, "a check is under way already");
	status = link_turn_take(&job->turn, database_path(library->database), error);
	if (status != STATUS_OK)
		return status;
	job->checker = link_checker_new(&setup);
	status = check_job_add_all(dispatcher, bookmarks, count, error);
	if (status == STATUS_OK)
		check_job_tell(dispatcher);
	else
		check_job_end(job);
	return status;
}

void check_job_stop(struct dispatcher *dispatcher)
{
	if (!dispatcher->check.checker)
		return;
	link_checker_stop(dispatcher->check.checker);
	check_job_turn(dispatcher);
}

void check_job_drop(struct dispatcher *dispatcher)
{
	struct check_job *job = &dispatcher->check;
	struct links_progress over = {.status = STATUS_CONFLICT};

	if (!job->checker)
		return;
	error_set(&over.error, "another library is in its place");
	progress_slot_put_links(dispatcher->progress, &over);
	mailbox_wake(dispatcher->reports);
	check_job_end(job);
}

void check_job_prepare(void *self, struct poll_loop *loop)
{
	const struct check_job *job = &((struct dispatcher *)self)->check;

	if (job->checker)
		poll_loop_watch(loop, link_checker_fd(job->checker), POLLIN);
}

int check_job_timeout(void *self)
{
	const struct check_job *job = &((struct dispatcher *)self)->check;
	int timeout = job->checker ? link_checker_timeout(job->checker) : -1;

	return poll_loop_nearer(timeout, pace_timeout(&job->pace));
}

void check_job_turn(void *self)
{
	struct dispatcher *dispatcher = self;
	struct check_job *job = &dispatcher->check;

	if (!job->checker)
		return;
	link_checker_step(job->checker);
	check_job_tell(dispatcher);
	if (!link_checker_is_busy(job->checker))
		check_job_end(job);
}

/* ---- titles of pages */

struct title_job {
	struct dispatcher *dispatcher;
	struct title_job *next;
	struct page_title *page;
	struct request *request;
};

static void title_job_unlink(struct title_job *job)
{
	struct title_job **place = &job->dispatcher->titles;

	while (*place != job)
		place = &(*place)->next;
	*place = job->next;
}

static void job_on_title(
	void *self, enum status status, const char *title, const struct error *error)
{
	struct title_job *job = self;

	(void)status;
	(void)error;
	reporter_send_text(&job->dispatcher->reporter, job->request, title);
	title_job_unlink(job);
	free(job);
}

void title_job_start(struct dispatcher *dispatcher, struct request *take)
{
	struct title_job *job = memory_new(sizeof(*job));

	*job = (struct title_job){
		.dispatcher = dispatcher, .next = dispatcher->titles, .request = take};
	dispatcher->titles = job;
	job->page = page_title_ask(dispatcher->http, take->words[0], job_on_title, job);
}

void title_jobs_finish(struct dispatcher *dispatcher)
{
	struct title_job *next;

	for (struct title_job *job = dispatcher->titles; job; job = next) {
		next = job->next;
		page_title_cancel(job->page);
		request_free(job->request);
		free(job);
	}
	dispatcher->titles = NULL;
}

/* ---- addresses in the browser */

struct browser_job {
	struct browser_job *next;
	struct reporter *reporter;
	struct browser browser;
	struct request *request; /* NULL once it is answered */
	pthread_t thread;
	atomic_bool over;
};

static void browser_job_answer(struct browser_job *job, enum status status, struct error *error)
{
	struct request *request = job->request;

	job->request = NULL;
	if (status == STATUS_OK)
		reporter_send_done(job->reporter, request);
	else
		reporter_send_error(job->reporter, request, status, error);
}

static void *browser_job_run(void *self)
{
	struct browser_job *job = self;
	struct error error = {0};
	enum status status = browser_open(&job->browser, (const char *const *)job->request->words,
		job->request->word_count, &error);

	browser_job_answer(job, status, &error);
	atomic_store(&job->over, true);
	return NULL;
}

/* Joins those that are over, or all of them. */
static void browser_jobs_reap(struct dispatcher *dispatcher, bool all)
{
	struct browser_job **place = &dispatcher->browsers;

	while (*place) {
		struct browser_job *job = *place;

		if (!all && !atomic_load(&job->over)) {
			place = &job->next;
			continue;
		}
		pthread_join(job->thread, NULL);
		*place = job->next;
		free(job);
	}
}

void browser_job_start(struct dispatcher *dispatcher, struct request *take)
{
	const struct config *config = dispatcher->config;
	struct browser_job *job = memory_new(sizeof(*job));

	browser_jobs_reap(dispatcher, false);
	job->reporter = &dispatcher->reporter;
	job->browser = (struct browser){
		.command = config->browser,
		.schemes = (const char *const *)config->schemes,
		.scheme_count = config->scheme_count,
		.any_scheme = take->flag,
	};
	job->request = take;
	if (pthread_create(&job->thread, NULL, browser_job_run, job) != 0) {
		browser_job_answer(job, STATUS_IO, NULL);
		free(job);
		return;
	}
	job->next = dispatcher->browsers;
	dispatcher->browsers = job;
}

void browser_jobs_finish(struct dispatcher *dispatcher)
{
	browser_jobs_reap(dispatcher, true);
}

/* ---- the user's own programs */

/* Where no descriptor tells of the end, one looks so often. */
#define LOOK_MS    200

#define SAID_BYTES 400

struct command_job {
	struct command_job *next;
	struct request *request;
	pid_t process;
	int fd;     /* readable at its end; -1: there is none */
	int errors; /* what it said on standard error; -1: nobody knows */
};

/* The selection, in its order. */
struct selected {
	struct bookmark *bookmarks;
	size_t count;
};

static bool selected_add(void *self, const struct bookmark *bookmark)
{
	struct selected *selected = self;

	bookmark_init(&selected->bookmarks[selected->count]);
	bookmark_copy(&selected->bookmarks[selected->count++], bookmark);
	return true;
}

static enum status selected_read(struct library *library, const struct request *request,
	struct selected *selected, struct error *error)
{
	struct catalogue *catalogue = library->catalogue;
	enum status status = STATUS_OK;

	selected->bookmarks = memory_array(request->id_count + 1, sizeof(*selected->bookmarks));
	for (size_t i = 0; status == STATUS_OK && i < request->id_count; i++)
		status = catalogue->each_of(
			catalogue, &request->ids[i], 1, selected_add, selected, error);
	return status;
}

static void selected_finish(struct selected *selected)
{
	for (size_t i = 0; i < selected->count; i++)
		bookmark_finish(&selected->bookmarks[i]);
	free(selected->bookmarks);
}

static enum status command_job_begin(
	struct dispatcher *dispatcher, struct command_job *job, struct error *error)
{
	struct user_command command;
	struct selected selected = {0};
	enum status status = user_command_read(&command, job->request->words[0], error);

	if (status == STATUS_OK)
		status = selected_read(dispatcher->library, job->request, &selected, error);
	job->errors = platform_memory_file();
	if (status == STATUS_OK)
		status = user_command_start(&command, selected.bookmarks, selected.count,
			job->errors, &job->process, error);
	selected_finish(&selected);
	user_command_finish(&command);
	return status;
}

static void command_job_free(struct command_job *job)
{
	if (job->fd >= 0)
		close(job->fd);
	if (job->errors >= 0)
		close(job->errors);
	request_free(job->request);
	free(job);
}

void command_job_start(struct dispatcher *dispatcher, struct request *take)
{
	struct command_job *job = memory_new(sizeof(*job));
	struct error error = {0};
	enum status status;

	job->request = take;
	job->fd = job->errors = -1;
	status = command_job_begin(dispatcher, job, &error);
	if (status != STATUS_OK) {
		job->request = NULL;
		reporter_send_error(&dispatcher->reporter, take, status, &error);
		command_job_free(job);
		return;
	}
	job->fd = platform_child_fd(job->process);
	job->next = dispatcher->commands;
	dispatcher->commands = job;
}

void command_jobs_finish(struct dispatcher *dispatcher)
{
	while (dispatcher->commands) {
		struct command_job *job = dispatcher->commands;

		dispatcher->commands = job->next;
		command_job_free(job);
	}
}

void command_jobs_prepare(void *self, struct poll_loop *loop)
{
	const struct dispatcher *dispatcher = self;

	for (const struct command_job *job = dispatcher->commands; job; job = job->next)
		if (job->fd >= 0)
			poll_loop_watch(loop, job->fd, POLLIN);
}

int command_jobs_timeout(void *self)
{
	const struct dispatcher *dispatcher = self;

	for (const struct command_job *job = dispatcher->commands; job; job = job->next)
		if (job->fd < 0)
			return LOOK_MS;
	return -1;
}

/* Its first line on standard error; "" if there is none. */
static void command_job_read_said(const struct command_job *job, char said[static SAID_BYTES])
{
	ssize_t length = job->errors < 0 ? 0 : pread(job->errors, said, SAID_BYTES - 1, 0);
	char *line = said;

	said[length > 0 ? length : 0] = '\0';
	line += strspn(line, "\r\n \t");
	line[strcspn(line, "\r\n")] = '\0';
	memmove(said, line, strlen(line) + 1);
}

static void command_job_answer(struct dispatcher *dispatcher, struct command_job *job, int code)
{
	struct request *request = job->request;
	struct error error = {0};
	char said[SAID_BYTES];

	job->request = NULL;
	if (!code) {
		reporter_send_done(&dispatcher->reporter, request);
		return;
	}
	command_job_read_said(job, said);
	error_set(&error, "%s failed with exit code %d%s%s", request->note, code, *said ? ": " : "",
		said);
	reporter_send_error(&dispatcher->reporter, request, STATUS_IO, &error);
}

void command_jobs_turn(void *self)
{
	struct dispatcher *dispatcher = self;
	struct command_job **place = &dispatcher->commands;
	int code = 0;

	while (*place) {
		struct command_job *job = *place;
		enum spawn_end end = spawn_wait(job->process, 0, &code);

		if (end == SPAWN_RUNNING) {
			place = &job->next;
			continue;
		}
		*place = job->next;
		command_job_answer(dispatcher, job, end == SPAWN_ENDED ? code : 0);
		command_job_free(job);
	}
}

/* ---- the library over HTTP */

static enum status serve_job_read_token(
	const struct dispatcher *dispatcher, char token[API_TOKEN_DIGITS + 1], struct error *error)
{
	const char *library = database_path(dispatcher->library->database);
	enum status status;
	char *path;

	if (!library)
		return error_fail(
			STATUS_REFUSED, error, "a library that is thrown away is not served");
	path = api_token_path(library);
	status = api_token_get(path, token, error);
	free(path);
	return status;
}

static bool follow_place(void *dispatcher)
{
	return dispatcher_follow_place(dispatcher);
}

enum status serve_job_start(struct dispatcher *dispatcher, const char *where, struct error *error)
{
	struct http_api_setup setup = {
		.library = dispatcher->library,
		.http = dispatcher->http,
		.loop = dispatcher->loop,
		.follow_place = follow_place,
		.self = dispatcher,
	};
	enum status status;

	if (dispatcher->api)
		return STATUS_OK;
	status = serve_job_read_token(dispatcher, setup.token, error);
	if (status == STATUS_OK)
		status = listener_open(&setup.listener, where, false, error);
	if (status != STATUS_OK)
		return status;
	dispatcher->api = http_api_start(&setup, error);
	if (!dispatcher->api)
		return STATUS_REFUSED;
	snprintf(dispatcher->served_at, sizeof(dispatcher->served_at), "%s", setup.listener.name);
	return STATUS_OK;
}

void serve_job_stop(struct dispatcher *dispatcher)
{
	http_api_stop(dispatcher->api);
	dispatcher->api = NULL;
}

void serve_job_notify(struct dispatcher *dispatcher)
{
	if (dispatcher->api)
		http_api_notify(dispatcher->api);
}
