#include "adapters/engine/engine.h"

#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "adapters/sqlite/database.h"
#include "adapters/engine/dispatcher.h"
#include "adapters/sqlite/library_watch.h"
#include "adapters/engine/mailbox.h"
#include "adapters/engine/progress_slot.h"
#include "adapters/system/editor.h"
#include "adapters/system/steady_clock.h"
#include "adapters/system/wake.h"
#include "domain/base/memory.h"

struct engine_thread {
	struct engine port; /* first: the screen's handle leads back to here */
	struct dispatcher dispatcher;
	struct library_watch watch;
	struct poll_loop loop;
	struct mailbox *requests;
	struct mailbox *reports;
	struct progress_slot progress;
	struct wake over; /* set when the thread has done all */
	pthread_t thread;
	atomic_bool stopping;
};

static void ask(struct engine *engine, struct request *take)
{
	mailbox_put(((struct engine_thread *)engine)->requests, take);
}

static struct report *next_report(struct engine *engine)
{
	return mailbox_take(((struct engine_thread *)engine)->reports);
}

static bool progress(struct engine *engine, struct stars_progress *latest)
{
	return progress_slot_take(&((struct engine_thread *)engine)->progress, latest);
}

static bool links(struct engine *engine, struct links_progress *latest)
{
	return progress_slot_take_links(&((struct engine_thread *)engine)->progress, latest);
}

static void requests_prepare(void *self, struct poll_loop *loop)
{
	poll_loop_watch(loop, mailbox_fd(((struct engine_thread *)self)->requests), POLLIN);
}

static void requests_turn(void *self)
{
	struct engine_thread *thread = self;
	struct request *request;

	while (!atomic_load(&thread->stopping) && (request = mailbox_take(thread->requests)))
		dispatcher_serve(&thread->dispatcher, request);
}

static void watch_prepare(void *self, struct poll_loop *loop)
{
	poll_loop_watch(loop, ((struct engine_thread *)self)->watch.file.fd, POLLIN);
}

static int watch_timeout(void *self)
{
	return library_watch_timeout(&((struct engine_thread *)self)->watch);
}

/* What other programs did is told. */
static void watch_turn(void *self)
{
	struct engine_thread *thread = self;
	struct error error = {0};
	enum status status;

	if (!library_watch_take(&thread->watch))
		return;
	status = dispatcher_follow_place(&thread->dispatcher)
			 ? STATUS_OK
			 : reporter_catch_up(&thread->dispatcher.reporter, &error);
	serve_job_notify(&thread->dispatcher);
	if (status != STATUS_OK)
		reporter_send_error(&thread->dispatcher.reporter, NULL, status, &error);
}

static void join_loop(struct engine_thread *thread)
{
	const struct poll_source requests = {
		.prepare = requests_prepare,
		.turn = requests_turn,
		.self = thread,
	};
	const struct poll_source watch = {
		.prepare = watch_prepare,
		.timeout = watch_timeout,
		.turn = watch_turn,
		.self = thread,
	};

	poll_loop_init(&thread->loop, thread->dispatcher.http);
	poll_loop_add(&thread->loop, &requests);
	if (thread->watch.file.on)
		poll_loop_add(&thread->loop, &watch);
	dispatcher_join(&thread->dispatcher, &thread->loop);
}

/* What was asked for before the screen went is done, but for what only the screen wanted to see. */
static void carry_out_the_rest(struct engine_thread *thread)
{
	struct request *request;

	dispatcher_wind_up(&thread->dispatcher);
	while ((request = mailbox_take(thread->requests))) {
		if (request_changes_something(request))
			dispatcher_serve(&thread->dispatcher, request);
		else
			request_free(request);
	}
}

static void *engine_run(void *self)
{
	struct engine_thread *thread = self;

	join_loop(thread);
	dispatcher_open(&thread->dispatcher);
	while (!atomic_load(&thread->stopping)) {
		dispatcher_settle(&thread->dispatcher);
		poll_loop_wait(&thread->loop, -1);
	}
	carry_out_the_rest(thread);
	wake_set(&thread->over);
	return NULL;
}

static void free_report(void *report)
{
	report_free(report);
}

static void free_request(void *request)
{
	request_free(request);
}

static void free_thread(struct engine_thread *thread)
{
	poll_loop_finish(&thread->loop);
	dispatcher_finish(&thread->dispatcher);
	library_watch_finish(&thread->watch);
	mailbox_free(thread->requests, free_request);
	mailbox_free(thread->reports, free_report);
	progress_slot_finish(&thread->progress);
	wake_finish(&thread->over);
	free(thread);
}

static struct engine_thread *new_thread(struct library *library)
{
	struct engine_thread *thread = memory_new(sizeof(*thread));

	thread->requests = mailbox_new();
	thread->reports = mailbox_new();
	progress_slot_init(&thread->progress);
	wake_init(&thread->over);
	library_watch_init(&thread->watch, database_path(library->database));
	return thread;
}

static bool begin(struct engine_thread *thread, struct library *library,
	const struct config *config, struct error *error)
{
	if (!thread->requests || !thread->reports || thread->over.fd < 0) {
		error_set(error, "no more open files are allowed");
		return false;
	}
	if (dispatcher_init(&thread->dispatcher, library, config, thread->reports,
		    &thread->progress, error) != STATUS_OK)
		return false;
	thread->dispatcher.stopping = &thread->stopping;
	thread->port = (struct engine){
		.wake_fd = mailbox_fd(thread->reports),
		.ask = ask,
		.next_report = next_report,
		.progress = progress,
		.links = links,
	};
	if (pthread_create(&thread->thread, NULL, engine_run, thread) == 0)
		return true;
	error_set(error, "no thread can be started");
	return false;
}

struct engine_thread *engine_thread_start(
	struct library *library, const struct config *config, struct error *error)
{
	struct engine_thread *thread = new_thread(library);

	if (begin(thread, library, config, error))
		return thread;
	free_thread(thread);
	return NULL;
}

struct engine *engine_thread_port(struct engine_thread *thread)
{
	return &thread->port;
}

/* Adds one that was not done, and why. */
static void leave_over(struct engine_leftovers *leftovers, enum status status, const char *why)
{
	if (leftovers->count++ > 0)
		return;
	leftovers->status = status;
	error_set(&leftovers->error, "%s", why && *why ? why : status_message(status));
}

static const char *reason_of(const struct report *report)
{
	return report->type == REPORT_RESULT ? report->result.error.text : report->text;
}

/* Answers that nobody will hear: those of changes that failed are told. */
static void collect_unheard(struct engine_thread *thread, struct engine_leftovers *leftovers)
{
	struct report *report;

	while ((report = mailbox_take(thread->reports))) {
		if (report->request && request_changes_something(report->request) &&
			report->status != STATUS_OK && report->status != STATUS_NOTHING_LEFT)
			leave_over(leftovers, report->status, reason_of(report));
		report_free(report);
	}
}

/* Requests that were not reached, among them the one that the engine is stuck in. */
static void collect_unserved(struct engine_thread *thread, struct engine_leftovers *leftovers)
{
	struct error error;
	struct request *request;

	error_set(&error, "the library did not answer");
	leave_over(leftovers, STATUS_BUSY, error.text);
	while ((request = mailbox_take(thread->requests))) {
		if (request_changes_something(request)) {
			editor_name_draft(request->draft, &leftovers->error);
			leave_over(leftovers, STATUS_BUSY, error.text);
		}
		request_free(request);
	}
}

/* The waits for the end, one after the other, and what begins when one is over. */
enum { LOCK_WAIT_MS = 1500, LONGEST_WAIT_MS = 30000, LASTS_MS = 1000 };

struct ending {
	const struct engine_patience *patience;
	int64_t began;
	bool told;
	bool hurried;
	bool given_up;
};

static void hurry(struct ending *ending)
{
	volatile sig_atomic_t *flag = ending->patience->hurry;

	ending->hurried = true;
	if (flag)
		__atomic_store_n(flag, 1, __ATOMIC_RELAXED);
}

static void ending_look_at_clock(struct ending *ending)
{
	const struct engine_patience *patience = ending->patience;
	int64_t lasted = steady_clock_ms() - ending->began;

	if (lasted >= LASTS_MS && !ending->told) {
		ending->told = true;
		if (patience->lasts)
			patience->lasts(patience->self);
	}
	if (lasted >= LOCK_WAIT_MS && !ending->hurried)
		hurry(ending);
	ending->given_up = ending->given_up || lasted >= LONGEST_WAIT_MS;
}

static void ending_interrupt(struct ending *ending)
{
	if (ending->hurried)
		ending->given_up = true;
	else
		hurry(ending);
}

/* True if the thread is over before we give it up. */
static bool wait_for_end(struct engine_thread *thread, const struct engine_patience *patience)
{
	struct ending ending = {.patience = patience, .began = steady_clock_ms()};
	struct pollfd fds[] = {
		{.fd = thread->over.fd, .events = POLLIN},
		{.fd = patience->fd, .events = POLLIN},
	};

	while (!ending.given_up) {
		if (poll(fds, 2, 100) > 0 && fds[0].revents)
			return true;
		if (fds[1].revents && patience->interrupted(patience->self))
			ending_interrupt(&ending);
		ending_look_at_clock(&ending);
	}
	return false;
}

bool engine_thread_stop(struct engine_thread *thread, const struct engine_patience *patience,
	struct engine_leftovers *leftovers)
{
	bool over;

	*leftovers = (struct engine_leftovers){0};
	atomic_store(&thread->stopping, true);
	mailbox_wake(thread->requests);
	over = wait_for_end(thread, patience);
	if (over)
		pthread_join(thread->thread, NULL);
	else
		collect_unserved(thread, leftovers);
	collect_unheard(thread, leftovers);
	if (over)
		free_thread(thread);
	return over;
}
