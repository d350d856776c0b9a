#include "adapters/system/hooks.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "adapters/json/event_json.h"
#include "adapters/system/directory.h"
#include "adapters/system/spawn.h"
#include "adapters/system/steady_clock.h"
#include "domain/base/memory.h"
#include "domain/base/text.h"

#define PATIENCE_MS  10000
#define SHOWN_BYTES  200
#define MOST_AT_ONCE 4

/* One that has its turn yet to come: an import tells of hundreds of events. */
struct waiting {
	char *name;
	char *line;
};

struct running {
	char *name;
	pid_t process;
	int output;       /* what it prints, for when it fails; a file in memory */
	int64_t deadline; /* on the steady clock */
};

struct hooks {
	char *folder;
	hooks_say_fn say;
	void *self;
	struct signals *signals;
	struct running *running;
	size_t count;
	size_t capacity;
	struct waiting *waiting; /* from first_waiting on */
	size_t first_waiting;
	size_t waiting_count;
	size_t waiting_capacity;
};

static void say(struct hooks *hooks, const char *name, const char *what)
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

/* What it printed first, the caller's to free. */
static char *first_line(int output)
{
	char *text = memory_new(SHOWN_BYTES + 1);
	ssize_t length = output < 0 ? 0 : pread(output, text, SHOWN_BYTES, 0);

	text[length > 0 ? length : 0] = '\0';
	text[strcspn(text, "\r\n")] = '\0';
	return text;
}

static void tell_of_failure(struct hooks *hooks, const struct running *hook, int code)
{
	char *printed = first_line(hook->output);
	char *what = *printed ? memory_print("exit code %d: %s", code, printed)
			      : memory_print("exit code %d", code);

	say(hooks, hook->name, what);
	free(what);
	free(printed);
}

static void drop(struct hooks *hooks, size_t place)
{
	struct running *hook = &hooks->running[place];

	if (hook->output >= 0)
		close(hook->output);
	free(hook->name);
	*hook = hooks->running[--hooks->count];
}

/* Whether it has ended, or is now. */
static bool look_after(struct hooks *hooks, const struct running *hook, int milliseconds)
{
	int code = 0;

	switch (spawn_wait(hook->process, milliseconds, &code)) {
	case SPAWN_ENDED:
		if (code)
			tell_of_failure(hooks, hook, code);
		return true;
	case SPAWN_RUNNING:
		if (steady_clock_ms() < hook->deadline)
			return false;
		spawn_end_group(hook->process);
		say(hooks, hook->name, "ended after 10 s");
		return true;
	case SPAWN_LOST: return true;
	}
	return true;
}

/* True for one that is to be run; what stands in its place otherwise is told. */
static bool may_run(struct hooks *hooks, const char *name, const char *path)
{
	struct stat found;

	if (stat(path, &found) != 0)
		return false;
	if (!S_ISREG(found.st_mode) || !(found.st_mode & S_IXUSR))
		return false;
	if (found.st_uid == geteuid() && !(found.st_mode & (S_IWGRP | S_IWOTH)))
		return true;
	say(hooks, name, "not run, as others can write to it: chmod go-w it");
	return false;
}

static void keep(struct hooks *hooks, const char *name, pid_t process, int output)
{
	hooks->running = memory_grow(
		hooks->running, hooks->count, &hooks->capacity, sizeof(*hooks->running));
	hooks->running[hooks->count++] = (struct running){
		.name = memory_copy_string(name),
		.process = process,
		.output = output,
		.deadline = steady_clock_ms() + PATIENCE_MS,
	};
}

static void start(struct hooks *hooks, const char *name, char *path, int input)
{
	char *const words[] = {path, NULL};
	int output = memfd_create("barky-hook", MFD_CLOEXEC);
	struct spawn spawn = {
		.words = words,
		.input = input,
		.output = output < 0 ? SPAWN_NULL : output,
		.errors = output < 0 ? SPAWN_NULL : output,
		.own_session = true,
	};
	struct error error = {0};
	pid_t process;

	if (spawn_start(&spawn, &process, &error) == STATUS_OK) {
		keep(hooks, name, process, output);
		return;
	}
	say(hooks, name, error.text);
	if (output >= 0)
		close(output);
}

static void start_with_line(struct hooks *hooks, const struct waiting *hook)
{
	char *path = memory_print("%s/%s", hooks->folder, hook->name);
	int input = spawn_input(hook->line, strlen(hook->line));

	if (input >= 0) {
		start(hooks, hook->name, path, input);
		close(input);
	}
	free(path);
}

static void start_waiting(struct hooks *hooks)
{
	while (hooks->first_waiting < hooks->waiting_count && hooks->count < MOST_AT_ONCE) {
		struct waiting *hook = &hooks->waiting[hooks->first_waiting++];

		start_with_line(hooks, hook);
		free(hook->name);
		free(hook->line);
	}
	if (hooks->first_waiting == hooks->waiting_count)
		hooks->first_waiting = hooks->waiting_count = 0;
}

bool hooks_turn(struct hooks *hooks)
{
	for (size_t i = hooks->count; i-- > 0;)
		if (look_after(hooks, &hooks->running[i], 0))
			drop(hooks, i);
	start_waiting(hooks);
	return hooks->count > 0;
}

static void enqueue(struct hooks *hooks, const char *name, const char *line)
{
	char *path = memory_print("%s/%s", hooks->folder, name);

	if (may_run(hooks, name, path)) {
		hooks->waiting = memory_grow(hooks->waiting, hooks->waiting_count,
			&hooks->waiting_capacity, sizeof(*hooks->waiting));
		hooks->waiting[hooks->waiting_count++] = (struct waiting){
			.name = memory_copy_string(name),
			.line = memory_copy_string(line),
		};
	}
	free(path);
}

static enum status on_event(void *self, const struct signal_args *args)
{
	struct hooks *hooks = self;
	struct buffer line = {0};
	struct json_writer json = {.out = &line};

	event_json_put(&json, args->event);
	buffer_add_char(&line, '\n');
	enqueue(hooks, event_name(args->event->type), buffer_text(&line));
	enqueue(hooks, "any", buffer_text(&line));
	buffer_finish(&line);
	hooks_turn(hooks);
	return STATUS_OK;
}

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

struct hooks *hooks_new(const char *folder, hooks_say_fn say_fn, void *self)
{
	struct hooks *hooks;
	struct stat found;

	if (!folder || stat(folder, &found) != 0 || !S_ISDIR(found.st_mode))
		return NULL;
	hooks = memory_new(sizeof(*hooks));
	hooks->folder = memory_copy_string(folder);
	hooks->say = say_fn;
	hooks->self = self;
	return hooks;
}

void hooks_connect(struct hooks *hooks, struct signals *signals)
{
	hooks->signals = signals;
	signal_connect(&signals->event_happened, ANY_SENDER, on_event, hooks);
}

static void look_away(struct hooks *hooks)
{
	if (look_after(hooks, &hooks->running[0], 100))
		drop(hooks, 0);
}

/* Those that wait have until then; those that run then have the rest of their own time. */
static void end_all(struct hooks *hooks, int64_t until)
{
	while (hooks_turn(hooks) && steady_clock_ms() < until)
		look_away(hooks);
	while (hooks->first_waiting < hooks->waiting_count) {
		struct waiting *hook = &hooks->waiting[hooks->first_waiting++];

		say(hooks, hook->name, "not run, as others took too long");
		free(hook->name);
		free(hook->line);
	}
	while (hooks_turn(hooks))
		look_away(hooks);
}

void hooks_free(struct hooks *hooks)
{
	if (!hooks)
		return;
	if (hooks->signals)
		signal_disconnect(&hooks->signals->event_happened, ANY_SENDER, on_event, hooks);
	end_all(hooks, steady_clock_ms() + PATIENCE_MS);
	free(hooks->waiting);
	free(hooks->running);
	free(hooks->folder);
	free(hooks);
}
