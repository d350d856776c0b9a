#include "adapters/system/hooks.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "adapters/json/command_json.h"
#include "adapters/system/directory.h"
#include "adapters/system/hook_courier.h"
#include "adapters/system/hook_run.h"
#include "domain/base/memory.h"
#include "domain/base/text.h"

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

static void start_courier(struct hooks *hooks, const char *library)
{
	int ends[2];

	if (pipe(ends) != 0)
		return;
	hooks->courier = fork();
	if (hooks->courier == 0) {
		become_courier(ends[0]);
		hook_courier_run(hooks->folder, library, ends[0]);
		_exit(0);
	}
	close(ends[0]);
	fcntl(ends[1], F_SETFD, FD_CLOEXEC);
	fcntl(ends[1], F_SETFL, O_NONBLOCK);
	hooks->wake = ends[1];
}

struct hooks *hooks_start(const char *folder, const char *library, bool stays)
{
	struct hooks *hooks;

	if (!is_folder(folder))
		return NULL;
	hooks = memory_new(sizeof(*hooks));
	hooks->folder = memory_copy_string(folder);
	hooks->wake = -1;
	if (stays || has_hooks(folder))
		start_courier(hooks, library);
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
	error_set(error, "hook %s: %s", name, why.text);
	return STATUS_REFUSED;
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
		error_set(args->error, "hook %s: not run, as others can write to it: chmod go-w it",
			name);
		status = STATUS_REFUSED;
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
