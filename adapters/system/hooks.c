#include "adapters/system/hooks.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "adapters/bootstrap.h"
#include "adapters/json/command_json.h"
#include "adapters/json/event_json.h"
#include "adapters/sqlite/event_log.h"
#include "adapters/sqlite/database.h"
#include "adapters/sqlite/library_watch.h"
#include "adapters/system/directory.h"
#include "adapters/system/spawn.h"
#include "adapters/system/steady_clock.h"
#include "domain/base/error.h"
#include "domain/base/memory.h"
#include "domain/base/status.h"
#include "domain/base/text.h"

/* How long a hook may take. */
enum { HOOK_LIMIT_MS = 10000 };

/*
 * One of the user's programs, told one thing: a line of JSON on its standard input. It runs in a
 * session of its own, without our descriptors, terminal and tokens, for at most HOOK_LIMIT_MS; then
 * it is ended with its children. What it prints is kept only to say why it failed.
 */
struct hook_run {
	pid_t process; /* 0: none is running */
	int output;    /* standard output and error, or error alone: a file in memory */
	int64_t deadline;
};

enum hook_state {
	HOOK_ABSENT,  /* no such file, or one that is not executable: no hook */
	HOOK_UNSAFE,  /* others could write to it: not run, and to be said */
	HOOK_RUNNABLE /* a regular file, executable, the user's own, nobody else writes to it */
};

#define QUOTED_BYTES 200

static char *path_of_hook(const char *folder, const char *name)
{
	return memory_print("%s/%s", folder, name);
}

static enum hook_state hook_state(const char *folder, const char *name)
{
	char *path = path_of_hook(folder, name);
	struct stat found;
	int missing = stat(path, &found);

	free(path);
	if (missing || !S_ISREG(found.st_mode) || !(found.st_mode & S_IXUSR))
		return HOOK_ABSENT;
	if (found.st_uid == geteuid() && !(found.st_mode & (S_IWGRP | S_IWOTH)))
		return HOOK_RUNNABLE;
	return HOOK_UNSAFE;
}

static enum status hook_process_start(
	struct hook_run *run, const struct spawn *spawn, struct error *why)
{
	enum status status = spawn_start(spawn, &run->process, why);

	if (status == STATUS_OK)
		return status;
	run->process = 0;
	if (run->output >= 0)
		close(run->output);
	return status;
}

/* False, with the reason, if it cannot be started. errors_only keeps standard output out of what is
 * quoted. */
static bool hook_run_start(struct hook_run *run, const char *folder, const char *name,
	const char *line, bool errors_only, struct error *why)
{
	char *path = path_of_hook(folder, name);
	char *const words[] = {path, NULL};
	int input = spawn_input(line, strlen(line));
	int output = spawn_input("", 0);
	int kept = output < 0 ? SPAWN_NULL : output;
	struct spawn spawn = {
		.words = words,
		.input = input,
		.output = errors_only ? SPAWN_NULL : kept,
		.errors = kept,
		.own_session = true,
	};
	enum status status = STATUS_IO;

	*run = (struct hook_run){.output = output, .deadline = steady_clock_ms() + HOOK_LIMIT_MS};
	if (input >= 0)
		status = hook_process_start(run, &spawn, why);
	else
		error_set(why, "no more open files are allowed");
	if (input >= 0)
		close(input);
	free(path);
	return status == STATUS_OK;
}

/* What it printed first. */
static void quote_output(const struct hook_run *run, int code, struct error *why)
{
	char text[QUOTED_BYTES + 1];
	ssize_t length = run->output < 0 ? 0 : pread(run->output, text, QUOTED_BYTES, 0);

	text[length > 0 ? length : 0] = '\0';
	text[strcspn(text, "\r\n")] = '\0';
	if (*text)
		error_set(why, "exit code %d: %s", code, text);
	else
		error_set(why, "exit code %d", code);
}

static void hook_run_end(struct hook_run *run)
{
	if (run->output >= 0)
		close(run->output);
	*run = (struct hook_run){.output = -1};
}

static enum status judge(struct hook_run *run, enum spawn_end end, int code, struct error *why)
{
	if (end == SPAWN_ENDED && code == 0)
		return STATUS_OK;
	if (end == SPAWN_ENDED)
		quote_output(run, code, why);
	else
		error_set(why, "ended after %d s", HOOK_LIMIT_MS / 1000);
	return STATUS_REFUSED;
}

/* Waits so long for its end. STATUS_BUSY: it runs on; STATUS_OK: it did what it should; else *why
 * tells what became of it: "exit code 3: no luck". */
static enum status hook_run_wait(struct hook_run *run, int milliseconds, struct error *why)
{
	int64_t left = run->deadline - steady_clock_ms();
	enum spawn_end end;
	enum status status;
	int code = 0;

	if (left < 0)
		left = 0;
	end = spawn_wait(run->process, milliseconds < left ? milliseconds : (int)left, &code);
	if (end == SPAWN_RUNNING && steady_clock_ms() < run->deadline)
		return STATUS_BUSY;
	if (end == SPAWN_RUNNING)
		spawn_end_group(run->process);
	status = end == SPAWN_LOST ? STATUS_OK : judge(run, end, code, why);
	hook_run_end(run);
	return status;
}

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

/* The names of hooks of events, in the order of their enum, then "any"; NULL at the end. */
static const char *hook_name(size_t place)
{
	if (place < EVENT_TYPES)
		return event_name((enum event_type)place);
	return place == EVENT_TYPES ? "any" : NULL;
}

static void consumer_of(const char *name, char text[static 64])
{
	snprintf(text, 64, "hook:%s", name);
}

/*
 * Gives each hook of the folder that has no position yet one: from this event on. The name of the
 * consumer is "hook:" and the hook's.
 */
static enum status hook_positions_place(
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
	bool stays = true;
	int64_t seen = 0;

	courier->library.catalogue->last_event(courier->library.catalogue, &seen, NULL);
	library_watch_init(&courier->watch, database_path(courier->library.database));
	do {
		bool delivered = courier_deliver(courier);

		if (stays)
			stays = courier_wait(courier, wake, delivered ? -1 : BUSY_MS);
		if (stays)
			courier_welcome(courier, &seen);
		else
			courier_deliver(courier);
	} while (stays);
	library_watch_finish(&courier->watch);
}

/*
 * The courier of a library: carries the events that hooks have not heard yet. A process of its own,
 * which ends when the program that started it has ended (wake is at its end) and all is delivered.
 * One works at a time: it holds a lock on FILE-hooks, which the system takes back whatever becomes
 * of it, and looks once more after it let go of it, so that nothing is left between two.
 */
static void hook_courier_run(const char *folder, const char *library, int wake)
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

struct hooks {
	char *folder;
	pid_t courier; /* 0: none was started */
	int wake;      /* the courier reads the other end; -1: none */
	struct library *library;
	hooks_say_fn say;
	void *self;
};

char *hooks_folder(const char *config_path)
{
	char *folder, *hooks;

	if (!config_path)
		return NULL;
	folder = directory_of(config_path);
	hooks = memory_print("%s/hooks", folder);
	free(folder);
	return hooks;
}

static bool is_folder(const char *folder)
{
	struct stat found;

	return folder && stat(folder, &found) == 0 && S_ISDIR(found.st_mode);
}

static bool has_hooks(const char *folder)
{
	const char *name;

	for (size_t i = 0; (name = hook_name(i)); i++)
		if (hook_state(folder, name) == HOOK_RUNNABLE)
			return true;
	return false;
}

/* The courier has no terminal, no descriptor of ours, and dies of no signal meant for us. */
static void become_courier(int wake)
{
	sigset_t none;
	int null = open("/dev/null", O_RDWR | O_CLOEXEC);

	setsid();
	signal(SIGINT, SIG_DFL);
	signal(SIGTERM, SIG_DFL);
	signal(SIGHUP, SIG_DFL);
	signal(SIGCHLD, SIG_DFL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	for (int fd = 0; fd < 3 && null >= 0; fd++)
		dup2(null, fd);
	for (int fd = 3; fd < 1024; fd++)
		if (fd != wake)
			close(fd);
}

/* wake is what it is woken by; -1 if there is none, as it could not be started. */
static pid_t start_courier(const char *folder, const char *library, int *wake)
{
	int ends[2];
	pid_t courier;

	if (pipe(ends) != 0)
		return 0;
	courier = fork();
	if (courier == 0) {
		become_courier(ends[0]);
		hook_courier_run(folder, library, ends[0]);
		_exit(0);
	}
	close(ends[0]);
	if (courier < 0) {
		close(ends[1]);
		return 0;
	}
	fcntl(ends[1], F_SETFD, FD_CLOEXEC);
	fcntl(ends[1], F_SETFL, O_NONBLOCK);
	*wake = ends[1];
	return courier;
}

struct hooks *hooks_start(const char *folder, const char *library, bool stays)
{
	struct hooks *hooks;
	pid_t courier = 0;
	int wake = -1;

	if (!is_folder(folder))
		return NULL;
	if (stays || has_hooks(folder))
		courier = start_courier(folder, library, &wake);
	hooks = memory_new(sizeof(*hooks));
	hooks->folder = memory_copy_string(folder);
	hooks->courier = courier;
	hooks->wake = wake;
	return hooks;
}

static void hooks_say(struct hooks *hooks, const char *name, const char *what)
{
	char *line, *printable;

	if (!hooks->say)
		return;
	line = memory_print("hook %s: %s", name, what);
	printable = text_printable(line);
	hooks->say(hooks->self, printable);
	free(printable);
	free(line);
}

static void say_unsafe(struct hooks *hooks)
{
	const char *name;

	for (size_t i = 0; (name = hook_name(i)); i++)
		if (hook_state(hooks->folder, name) == HOOK_UNSAFE)
			hooks_say(hooks, name, "not run, as others can write to it: chmod go-w it");
}

static void wake_courier(struct hooks *hooks)
{
	ssize_t written = hooks->wake < 0 ? 0 : write(hooks->wake, "!", 1);

	(void)written; /* a full pipe wakes it too */
}

static enum status on_event(void *self, const struct signal_args *args)
{
	(void)args;
	wake_courier(self);
	return STATUS_OK;
}

/* What a hook that was asked answered. */
static enum status hear_answer(const char *name, struct hook_run *run, struct error *error)
{
	struct error why = {0};
	const char *reason;
	enum status status;

	do
		status = hook_run_wait(run, HOOK_LIMIT_MS, &why);
	while (status == STATUS_BUSY);
	if (status == STATUS_OK)
		return status;
	/* "exit code 1: the reason": people want the reason alone, where there is one. */
	reason = strncmp(why.text, "exit code ", 10) == 0 ? strstr(why.text, ": ") : NULL;
	if (reason)
		error_set(error, "%s", reason + 2);
	else
		error_set(error, "hook %s: %s", name, why.text);
	return STATUS_REFUSED;
}

static enum status ask_hook(
	struct hooks *hooks, const char *name, const struct command *command, struct error *error)
{
	struct buffer line = {0};
	struct json_writer json = {.out = &line};
	struct error why = {0};
	struct hook_run run;
	bool started;

	command_json_put(&json, command);
	buffer_add_char(&line, '\n');
	started = hook_run_start(&run, hooks->folder, name, buffer_text(&line), true, &why);
	buffer_finish(&line);
	if (started)
		return hear_answer(name, &run, error);
	return error_fail(STATUS_REFUSED, error, "hook %s: %s", name, why.text);
}

/* A hook that is there and cannot be asked refuses: it may be there to guard something. */
static enum status on_about_to(void *self, const struct signal_args *args)
{
	struct hooks *hooks = self;
	char *name = memory_print("pre-%s", command_name(args->command->type));
	enum status status = STATUS_OK;

	switch (hook_state(hooks->folder, name)) {
	case HOOK_RUNNABLE: status = ask_hook(hooks, name, args->command, args->error); break;
	case HOOK_UNSAFE:
		status = error_fail(STATUS_REFUSED, args->error,
			"hook %s: not run, as others can write to it: chmod go-w it", name);
		break;
	case HOOK_ABSENT: break;
	}
	free(name);
	return status;
}

static void place_new_hooks(struct hooks *hooks)
{
	struct catalogue *catalogue = hooks->library->catalogue;
	struct error error = {0};
	int64_t last = 0;
	enum status status = catalogue->last_event(catalogue, &last, &error);

	if (status == STATUS_OK)
		status = hook_positions_place(hooks->library, hooks->folder, last, &error);
	if (status != STATUS_OK)
		hooks_say(hooks, "any", error.text);
}

void hooks_connect(struct hooks *hooks, struct library *library, hooks_say_fn say, void *self)
{
	struct signals *signals = &library->signals;

	hooks->library = library;
	hooks->say = say;
	hooks->self = self;
	say_unsafe(hooks);
	place_new_hooks(hooks);
	signal_connect(&signals->event_happened, ANY_SENDER, on_event, hooks);
	signal_connect(&signals->command_about_to, ANY_SENDER, on_about_to, hooks);
	wake_courier(hooks);
}

void hooks_free(struct hooks *hooks)
{
	if (!hooks)
		return;
	if (hooks->library) {
		struct signals *signals = &hooks->library->signals;

		signal_disconnect(&signals->event_happened, ANY_SENDER, on_event, hooks);
		signal_disconnect(&signals->command_about_to, ANY_SENDER, on_about_to, hooks);
	}
	if (hooks->wake >= 0)
		close(hooks->wake);
	if (hooks->courier > 0)
		waitpid(hooks->courier, NULL, WNOHANG);
	free(hooks->folder);
	free(hooks);
}
