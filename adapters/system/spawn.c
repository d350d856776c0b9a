#include "adapters/system/spawn.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "adapters/system/platform.h"
#include "adapters/system/descriptor.h"
#include "adapters/system/steady_clock.h"
#include "domain/base/memory.h"

extern char **environ;

static const char *const tokens[] = {"GH_TOKEN=", "GITHUB_TOKEN="};

static bool is_token(const char *entry)
{
	for (size_t i = 0; i < sizeof(tokens) / sizeof(*tokens); i++)
		if (strncmp(entry, tokens[i], strlen(tokens[i])) == 0)
			return true;
	return false;
}

/* The strings stay the environment's; the caller frees the array. */
static char **environment(bool with_tokens)
{
	size_t count = 0, kept = 0;
	char **copy;

	while (environ[count])
		count++;
	copy = memory_array(count + 1, sizeof(*copy));
	for (size_t i = 0; i < count; i++)
		if (with_tokens || !is_token(environ[i]))
			copy[kept++] = environ[i];
	return copy;
}

static void direct(posix_spawn_file_actions_t *actions, int fd, int target)
{
	if (fd == SPAWN_NULL)
		posix_spawn_file_actions_addopen(
			actions, target, "/dev/null", target == 0 ? O_RDONLY : O_WRONLY, 0);
	else if (fd != SPAWN_OURS)
		posix_spawn_file_actions_adddup2(actions, fd, target);
}

static void set_signals(posix_spawnattr_t *attributes, bool own_session)
{
	short flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF;
	sigset_t signals;

	sigemptyset(&signals);
	posix_spawnattr_setsigmask(attributes, &signals);
	sigfillset(&signals);
	posix_spawnattr_setsigdefault(attributes, &signals);
	if (own_session)
		flags |= POSIX_SPAWN_SETSID;
	posix_spawnattr_setflags(attributes, flags);
}

#ifndef HAVE_POSIX_SPAWN_FILE_ACTIONS_ADDCLOSEFROM_NP
/* As glibc has it since 2.34, for musl: what is open now, one by one. */
static int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *actions, int from)
{
	DIR *open_ones = opendir("/dev/fd");
	const struct dirent *one;
	int failure = 0;

	if (!open_ones)
		return errno;
	while (!failure && (one = readdir(open_ones)) != NULL) {
		int fd = (int)strtol(one->d_name, NULL, 10);

		if (fd >= from && fd != dirfd(open_ones))
			failure = posix_spawn_file_actions_addclose(actions, fd);
	}
	closedir(open_ones);
	return failure;
}
#endif

static int process_start(const struct spawn *spawn, pid_t *process)
{
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	char **variables = environment(spawn->with_tokens);
	int failure;

	posix_spawn_file_actions_init(&actions);
	posix_spawnattr_init(&attributes);
	direct(&actions, spawn->input, 0);
	direct(&actions, spawn->output, 1);
	direct(&actions, spawn->errors, 2);
	posix_spawn_file_actions_addclosefrom_np(&actions, 3); /* libcurl's own, which are not */
	set_signals(&attributes, spawn->own_session);
	failure = posix_spawnp(
		process, spawn->words[0], &actions, &attributes, spawn->words, variables);
	posix_spawnattr_destroy(&attributes);
	posix_spawn_file_actions_destroy(&actions);
	free(variables);
	return failure;
}

enum status spawn_start(const struct spawn *spawn, pid_t *process, struct error *error)
{
	int failure = spawn->words && spawn->words[0] ? process_start(spawn, process) : ENOENT;

	if (!failure)
		return STATUS_OK;
	error_set(error, "cannot start %s: %s",
		spawn->words && spawn->words[0] ? spawn->words[0] : "nothing", strerror(failure));
	return failure == ENOENT ? STATUS_NOT_FOUND : STATUS_IO;
}

static enum spawn_end reap(pid_t process, int options, int *code)
{
	int state;
	pid_t ended;

	do
		ended = waitpid(process, &state, options);
	while (ended < 0 && errno == EINTR);
	if (ended == 0)
		return SPAWN_RUNNING;
	if (ended < 0)
		return SPAWN_LOST;
	*code = WIFEXITED(state) ? WEXITSTATUS(state) : 128 + WTERMSIG(state);
	return SPAWN_ENDED;
}

/* Where no descriptor tells of the end a short sleep does. */
static void sleep_until_it_ends(int pidfd, int milliseconds)
{
	struct pollfd ended = {.fd = pidfd, .events = POLLIN};

	if (pidfd < 0 && milliseconds > 10)
		milliseconds = 10;
	poll(&ended, pidfd < 0 ? 0 : 1, milliseconds);
}

static enum spawn_end wait_until(pid_t process, int64_t end, int *code)
{
	int pidfd = platform_child_fd(process);
	enum spawn_end result;
	int64_t left;

	while ((result = reap(process, WNOHANG, code)) == SPAWN_RUNNING &&
		(left = end - steady_clock_ms()) > 0)
		sleep_until_it_ends(pidfd, (int)left);
	if (pidfd >= 0)
		close(pidfd);
	return result;
}

enum spawn_end spawn_wait(pid_t process, int milliseconds, int *code)
{
	if (milliseconds < 0)
		return reap(process, 0, code);
	return wait_until(process, steady_clock_ms() + milliseconds, code);
}

enum status spawn_result(pid_t process, int milliseconds, const char *program, struct error *error)
{
	int code = 0;

	if (spawn_wait(process, milliseconds, &code) == SPAWN_ENDED && code)
		return error_fail(STATUS_IO, error, "%s failed with exit code %d", program, code);
	return STATUS_OK;
}

enum status spawn_run(const struct spawn *spawn, int milliseconds, struct error *error)
{
	pid_t process;
	enum status status = spawn_start(spawn, &process, error);

	return status == STATUS_OK ? spawn_result(process, milliseconds, spawn->words[0], error)
				   : status;
}

void spawn_end_group(pid_t process)
{
	int code;

	kill(-process, SIGTERM);
	if (spawn_wait(process, 200, &code) == SPAWN_RUNNING) {
		kill(-process, SIGKILL);
		spawn_wait(process, -1, &code);
	} else {
		kill(-process, SIGKILL);
	}
}

int spawn_input(const char *bytes, size_t length)
{
	int fd = platform_memory_file();

	if (fd < 0)
		return -1;
	if (descriptor_write(fd, bytes, length) && lseek(fd, 0, SEEK_SET) == 0)
		return fd;
	close(fd);
	return -1;
}

static bool is_program(const char *folder, size_t length, const char *program)
{
	char *path = memory_print("%.*s/%s", (int)length, length ? folder : ".", program);
	bool found = access(path, X_OK) == 0;

	free(path);
	return found;
}

bool spawn_finds(const char *program)
{
	const char *path = getenv("PATH");

	if (strchr(program, '/'))
		return access(program, X_OK) == 0;
	while (path && *path) {
		size_t length = strcspn(path, ":");

		if (is_program(path, length, program))
			return true;
		path += length + (path[length] == ':');
	}
	return false;
}
