#include "adapters/system/hook_courier.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#include "adapters/json/event_json.h"
#include "adapters/sqlite/consumers.h"
#include "adapters/sqlite/database.h"
#include "adapters/sqlite/library_watch.h"
#include "adapters/system/hook_run.h"
#include "domain/base/memory.h"

/* Tried again so often, after 1, 2 and 4 seconds. */
#define RETRIES 3

/* Events that are none of a hook's are acknowledged together, so many at a time. */
#define SKIPPED_MAX 100

/* While hooks run they are looked after so often; while another courier works, it is. */
enum { LOOK_MS = 10, BUSY_MS = 500 };

struct hook {
	const char *name;
	char consumer[64];
	bool there;       /* runnable, and has a position in this history */
	int64_t position; /* heard up to here */
	int64_t looked;   /* nothing for it up to here */
	int64_t attempts;
	int64_t retry_at;
	int64_t event; /* the one it is told; 0: none waits */
	struct buffer line;
	struct hook_run run;
};

struct courier {
	const char *folder;
	struct library library;
	struct library_watch watch;
	struct hook *hooks;
	size_t count;
	int lock; /* -1: not held */
};

const char *hook_name(size_t place)
{
	if (place < EVENT_TYPES)
		return event_name((enum event_type)place);
	return place == EVENT_TYPES ? "any" : NULL;
}

static void consumer_of(const char *name, char text[static 64])
{
	snprintf(text, 64, "hook:%s", name);
}

enum status hook_positions_place(
	struct library *library, const char *folder, int64_t position, struct error *error)
{
	enum status status = STATUS_OK;
	const char *name;

	for (size_t i = 0; status == STATUS_OK && (name = hook_name(i)); i++) {
		struct consumer known;
		char consumer[64];

		if (hook_state(folder, name) != HOOK_RUNNABLE)
			continue;
		consumer_of(name, consumer);
		status = consumer_find(library->database, consumer, &known, error);
		if (status == STATUS_NOT_FOUND || (status == STATUS_OK && known.other_history))
			status = consumer_place(library->database, consumer, position, error);
	}
	return status;
}

/* A hook that fails is not told of its failure: it would fail for ever. */
static bool hook_hears(const struct hook *hook, enum event_type type)
{
	if (type == HOOK_PASSED_OVER)
		return false;
	return strcmp(hook->name, "any") == 0 || strcmp(hook->name, event_name(type)) == 0;
}

/* The event is copied, since the library is not kept busy while a hook runs. */
static bool hook_take_event(void *self, const struct event *event)
{
	struct hook *hook = self;
	struct json_writer json = {.out = &hook->line};

	hook->looked = event->id;
	if (!hook_hears(hook, event->type))
		return true;
	hook->event = event->id;
	buffer_clear(&hook->line);
	event_json_put(&json, event);
	buffer_add_char(&hook->line, '\n');
	return false;
}

/* What was none of its own is behind it too. */
static void hook_skip(struct courier *courier, struct hook *hook)
{
	if (consumer_acknowledge(courier->library.database, hook->consumer, hook->looked, NULL) ==
		STATUS_OK)
		hook->position = hook->looked;
}

static void hook_look(struct courier *courier, struct hook *hook)
{
	struct catalogue *catalogue = courier->library.catalogue;

	if (hook->event || !hook->there)
		return;
	if (hook->looked < hook->position)
		hook->looked = hook->position;
	catalogue->each_event(catalogue, hook->looked, hook_take_event, hook, NULL);
	if (!hook->event && hook->looked - hook->position >= SKIPPED_MAX)
		hook_skip(courier, hook);
}

/* Its position is read again: another courier may have worked, or the user forgotten it. */
static void hook_read(struct courier *courier, struct hook *hook)
{
	struct consumer known;

	if (hook->run.process)
		return;
	hook->event = 0;
	hook->there = hook_state(courier->folder, hook->name) == HOOK_RUNNABLE &&
		      consumer_find(courier->library.database, hook->consumer, &known, NULL) ==
			      STATUS_OK &&
		      !known.other_history;
	if (!hook->there)
		return;
	hook->position = hook->looked = known.position;
	hook->attempts = known.attempts;
	hook->retry_at = known.retry_at;
}

static void hook_done(struct courier *courier, struct hook *hook)
{
	if (consumer_acknowledge(courier->library.database, hook->consumer, hook->event, NULL) ==
		STATUS_OK)
		hook->position = hook->event;
	hook->looked = hook->event; /* it has heard, also where that cannot be kept now */
	hook->event = 0;
	hook->attempts = hook->retry_at = 0;
}

static void hook_failed(struct courier *courier, struct hook *hook, const struct error *why)
{
	char *line;

	if (hook->attempts < RETRIES) {
		hook->retry_at = time(NULL) + (1 << hook->attempts++);
		consumer_note_failure(
			courier->library.database, hook->consumer, hook->retry_at, NULL);
		return;
	}
	line = memory_print("%s: event %lld: %s", hook->name, (long long)hook->event, why->text);
	hook_done(courier, hook);
	bus_note(courier->library.bus, HOOK_PASSED_OVER, line);
	free(line);
}

static void hook_look_after(struct courier *courier, struct hook *hook)
{
	struct error why = {0};

	switch ((int)hook_run_wait(&hook->run, 0, &why)) {
	case STATUS_BUSY: break;
	case STATUS_OK: hook_done(courier, hook); break;
	default: hook_failed(courier, hook, &why); break;
	}
}

static bool hook_is_due(const struct hook *hook)
{
	int64_t left = hook->retry_at - time(NULL);

	/* A clock that was set back leaves no hook waiting for longer than it ever would. */
	return hook->event && (left <= 0 || left > 1 << RETRIES);
}

static void hook_turn(struct courier *courier, struct hook *hook)
{
	struct error why = {0};

	if (hook->run.process)
		hook_look_after(courier, hook);
	if (hook->run.process)
		return;
	hook_look(courier, hook);
	if (!hook_is_due(hook))
		return;
	if (!hook_run_start(
		    &hook->run, courier->folder, hook->name, buffer_text(&hook->line), false, &why))
		hook_failed(courier, hook, &why);
}

static bool courier_reads(struct courier *courier)
{
	bool found = false;

	for (size_t i = 0; i < courier->count; i++) {
		hook_read(courier, &courier->hooks[i]);
		hook_look(courier, &courier->hooks[i]);
		found = found || courier->hooks[i].event;
	}
	return found;
}

static bool courier_lock(struct courier *courier)
{
	char *path = memory_print("%s-hooks", database_path(courier->library.database));

	if (courier->lock < 0)
		courier->lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	free(path);
	if (courier->lock >= 0 && flock(courier->lock, LOCK_EX | LOCK_NB) == 0)
		return true;
	if (courier->lock >= 0)
		close(courier->lock);
	courier->lock = -1;
	return false;
}

static void courier_unlock(struct courier *courier)
{
	if (courier->lock >= 0)
		close(courier->lock);
	courier->lock = -1;
}

static bool courier_works(struct courier *courier)
{
	bool works = false;

	for (size_t i = 0; i < courier->count; i++) {
		hook_turn(courier, &courier->hooks[i]);
		works = works || courier->hooks[i].event;
	}
	return works;
}

/* Until nothing is left. Once the lock is gone it looks again: another courier that found it taken
 * has relied on that. */
static bool courier_deliver(struct courier *courier)
{
	while (courier_reads(courier)) {
		if (!courier_lock(courier))
			return false;
		courier_reads(courier);
		while (courier_works(courier))
			poll(NULL, 0, LOOK_MS);
		for (size_t i = 0; i < courier->count; i++)
			if (courier->hooks[i].there &&
				courier->hooks[i].looked > courier->hooks[i].position)
				hook_skip(courier, &courier->hooks[i]);
		courier_unlock(courier);
	}
	return true;
}

/* Where hooks are new since the last look, they begin with what came after it. */
static void courier_welcome(struct courier *courier, int64_t *seen)
{
	struct catalogue *catalogue = courier->library.catalogue;
	int64_t last = *seen;

	catalogue->last_event(catalogue, &last, NULL);
	hook_positions_place(&courier->library, courier->folder, *seen < last ? *seen : last, NULL);
	*seen = last;
}

/* False: the program that started us has ended. */
static bool courier_wait(struct courier *courier, int wake, int milliseconds)
{
	struct pollfd waits[] = {
		{.fd = wake, .events = POLLIN},
		{.fd = courier->watch.file.fd, .events = POLLIN},
	};
	int watch = library_watch_timeout(&courier->watch);
	char bytes[512];

	if (milliseconds < 0 || (watch >= 0 && watch < milliseconds))
		milliseconds = watch;
	poll(waits, 2, milliseconds);
	library_watch_take(&courier->watch);
	return !waits[0].revents || read(wake, bytes, sizeof(bytes)) != 0;
}

static void courier_serve(struct courier *courier, int wake)
{
	bool stays = true, delivered;
	int64_t seen = 0;

	courier->library.catalogue->last_event(courier->library.catalogue, &seen, NULL);
	library_watch_init(&courier->watch, database_path(courier->library.database));
	do {
		delivered = courier_deliver(courier);
		if (stays)
			stays = courier_wait(courier, wake, delivered ? -1 : BUSY_MS);
		if (stays)
			courier_welcome(courier, &seen);
		else
			delivered = courier_deliver(courier);
	} while (stays);
	library_watch_finish(&courier->watch);
}

void hook_courier_run(const char *folder, const char *library, int wake)
{
	struct courier courier = {.folder = folder, .lock = -1, .count = EVENT_TYPES + 1};
	const struct library_options options = {.path = library, .missing_is_empty = true};
	char byte;

	/* The program opens the library first; if it cannot, there is nothing to deliver. */
	if (read(wake, &byte, 1) != 1 ||
		library_open(&courier.library, &options, NULL) != STATUS_OK)
		return;
	courier.hooks = memory_array(courier.count, sizeof(*courier.hooks));
	for (size_t i = 0; i < courier.count; i++) {
		courier.hooks[i].name = hook_name(i);
		courier.hooks[i].run.output = -1;
		consumer_of(courier.hooks[i].name, courier.hooks[i].consumer);
	}
	if (database_path(courier.library.database))
		courier_serve(&courier, wake);
	for (size_t i = 0; i < courier.count; i++)
		buffer_finish(&courier.hooks[i].line);
	free(courier.hooks);
	library_close(&courier.library);
}
