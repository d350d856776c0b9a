#include "adapters/engine/engine.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>

#include "adapters/sqlite/database.h"
#include "adapters/engine/desk.h"
#include "adapters/sqlite/library_watch.h"
#include "adapters/engine/mailbox.h"
#include "adapters/engine/progress_slot.h"
#include "domain/base/memory.h"

struct engine_thread {
	struct engine port; /* first: the screen's handle leads back to here */
	struct desk desk;
	struct library_watch watch;
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

static void serve_requests(struct engine_thread *thread)
{
	struct request *request;

	while (!atomic_load(&thread->stopping) && (request = mailbox_take(thread->requests))) {
		desk_serve(&thread->desk, request);
		request_free(request);
	}
}

static void look_for_news(struct engine_thread *thread)
{
	struct error error = {0};
	enum status status;

	if (!library_watch_take(&thread->watch))
		return;
	status = reporter_catch_up(&thread->desk.reporter, &error);
	if (status != STATUS_OK)
		reporter_send_trouble(&thread->desk.reporter, 0, status, &error);
}

/* The nearer of two, where -1 is never. */
static int timeout(const struct engine_thread *thread)
{
	int desk = desk_timeout(&thread->desk), watch = library_watch_timeout(&thread->watch);

	return desk < 0 || (watch >= 0 && watch < desk) ? watch : desk;
}

static void *run(void *self)
{
	struct engine_thread *thread = self;
	struct pollfd waits[] = {
		{.fd = mailbox_fd(thread->requests), .events = POLLIN},
		{.fd = thread->watch.fd, .events = POLLIN},
	};
	size_t count = thread->watch.fd < 0 ? 1 : 2;

	desk_open(&thread->desk);
	while (!atomic_load(&thread->stopping)) {
		http_client_wait(thread->desk.http, waits, count, timeout(thread));
		serve_requests(thread);
		look_for_news(thread);
		desk_turn(&thread->desk);
	}
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
	desk_finish(&thread->desk);
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
	if (desk_init(&thread->desk, library, config, thread->reports, &thread->progress, error) !=
		STATUS_OK)
		return false;
	thread->port = (struct engine){
		.wake_fd = mailbox_fd(thread->reports),
		.ask = ask,
		.next_report = next_report,
		.progress = progress,
	};
	if (pthread_create(&thread->thread, NULL, run, thread) == 0)
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
	mailbox_nudge(thread->requests);
	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec++;
	if (pthread_timedjoin_np(thread->thread, NULL, &until) != 0)
		return false;
	free_thread(thread);
	return true;
}
