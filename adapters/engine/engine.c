#include "adapters/engine/engine.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>

#include "adapters/sqlite/database.h"
#include "adapters/engine/dispatcher.h"
#include "adapters/sqlite/library_watch.h"
#include "adapters/engine/mailbox.h"
#include "adapters/engine/progress_slot.h"
#include "domain/base/memory.h"

struct engine_thread {
	struct engine port; /* first: the screen's handle leads back to here */
	struct dispatcher dispatcher;
	struct library_watch watch;
	struct poll_loop loop;
	struct mailbox *requests;
	struct mailbox *reports;
	struct progress_slot progress;
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

static void requests_prepare(void *self, struct poll_loop *loop)
{
	poll_loop_watch(loop, mailbox_fd(((struct engine_thread *)self)->requests), POLLIN);
}

static void requests_turn(void *self, const struct pollfd *fds, size_t count)
{
	struct engine_thread *thread = self;
	struct request *request;

	(void)fds;
	(void)count;
	while (!atomic_load(&thread->stopping) && (request = mailbox_take(thread->requests)))
		dispatcher_serve(&thread->dispatcher, request);
}

static void watch_prepare(void *self, struct poll_loop *loop)
{
	poll_loop_watch(loop, ((struct engine_thread *)self)->watch.fd, POLLIN);
}

static int watch_timeout(void *self)
{
	return library_watch_timeout(&((struct engine_thread *)self)->watch);
}

/* What other programs did is told. */
static void watch_turn(void *self, const struct pollfd *fds, size_t count)
{
	struct engine_thread *thread = self;
	struct error error = {0};
	enum status status;

	(void)fds;
	(void)count;
	if (!library_watch_take(&thread->watch))
		return;
	if (dispatcher_follow_place(&thread->dispatcher))
		return;
	status = reporter_catch_up(&thread->dispatcher.reporter, &error);
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
	if (thread->watch.fd >= 0)
		poll_loop_add(&thread->loop, &watch);
	dispatcher_join(&thread->dispatcher, &thread->loop);
}

static void *engine_run(void *self)
{
	struct engine_thread *thread = self;

	join_loop(thread);
	dispatcher_open(&thread->dispatcher);
	while (!atomic_load(&thread->stopping))
		poll_loop_wait(&thread->loop, -1);
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
	free(thread);
}

static struct engine_thread *new_thread(struct library *library)
{
	struct engine_thread *thread = memory_new(sizeof(*thread));

	thread->requests = mailbox_new();
	thread->reports = mailbox_new();
	progress_slot_init(&thread->progress);
	library_watch_init(&thread->watch, database_path(library->database));
	return thread;
}

static bool begin(struct engine_thread *thread, struct library *library,
	const struct config *config, struct error *error)
{
	if (!thread->requests || !thread->reports) {
		error_set(error, "no more open files are allowed");
		return false;
	}
	if (dispatcher_init(&thread->dispatcher, library, config, thread->reports,
		    &thread->progress, error) != STATUS_OK)
		return false;
	thread->port = (struct engine){
		.wake_fd = mailbox_fd(thread->reports),
		.ask = ask,
		.next_report = next_report,
		.progress = progress,
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

bool engine_thread_stop(struct engine_thread *thread)
{
	struct timespec until;

	atomic_store(&thread->stopping, true);
	mailbox_wake(thread->requests);
	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec++;
	if (pthread_timedjoin_np(thread->thread, NULL, &until) != 0)
		return false;
	free_thread(thread);
	return true;
}
