#include "adapters/stars/token_command.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "adapters/system/spawn.h"
#include "adapters/system/argv.h"
#include "adapters/system/descriptor.h"
#include "domain/base/memory.h"

#define ANSWER_MAX 4096
#define WAIT_MS    30000

/* The first line, of at most so many bytes, until the end or the time is over; yours to wipe. */
static char *read_line(int descriptor, int milliseconds)
{
	char *line = memory_array(ANSWER_MAX + 1, 1);
	struct pollfd waits = {.fd = descriptor, .events = POLLIN};
	size_t length = 0;

	while (length < ANSWER_MAX && !memchr(line, '\n', length)) {
		ssize_t got;

		if (poll(&waits, 1, milliseconds) <= 0)
			break;
		got = read(descriptor, line + length, ANSWER_MAX - length);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			break;
		length += (size_t)got;
	}
	line[strcspn(line, "\r\n")] = '\0';
	return line;
}

static char *read_answer(pid_t process, int descriptor, const char *name, struct error *error)
{
	char *line = read_line(descriptor, WAIT_MS);
	int code = 0;
	enum spawn_end end = spawn_wait(process, *line ? 1000 : WAIT_MS, &code);

	if (end == SPAWN_RUNNING)
		spawn_end_group(process);
	if (*line && (end != SPAWN_ENDED || code == 0))
		return line;
	error_set(error, "token_command: %s gave no token (exit code %d): try it by itself", name,
		code);
	free(line);
	return NULL;
}

static char *run(struct argv *words, struct error *error)
{
	struct spawn spawn = {
		.words = words->items,
		.input = SPAWN_NULL,
		.errors = SPAWN_NULL,
		.own_session = true,
	};
	pid_t process;
	int ends[2];
	char *token = NULL;
	enum status status;

	if (!descriptor_pipe(ends)) {
		error_set(error, "token_command: no more open files are allowed");
		return NULL;
	}
	spawn.output = ends[1];
	status = spawn_start(&spawn, &process, error);
	close(ends[1]);
	if (status == STATUS_OK)
		token = read_answer(process, ends[0], words->items[0], error);
	close(ends[0]);
	return token;
}

static char *ask_command(const char *line, struct error *error)
{
	struct argv words = {0};
	char *token = NULL;

	if (argv_split(&words, line, error) == STATUS_OK && words.count > 0)
		token = run(&words, error);
	argv_finish(&words);
	return token;
}

static char *ask_file(const char *path, struct error *error)
{
	int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	struct stat facts;
	char *token = NULL;

	if (descriptor < 0 || fstat(descriptor, &facts) != 0)
		error_set(error, "token_file: %s cannot be read: %s", path, strerror(errno));
	else if (!S_ISREG(facts.st_mode) || facts.st_uid != geteuid() || (facts.st_mode & 077))
		error_set(error, "token_file: %s is not yours alone: chmod 600 it", path);
	else
		token = read_line(descriptor, 0);
	if (descriptor >= 0)
		close(descriptor);
	return token;
}

char *token_command_ask(const struct config *config, struct error *error)
{
	if (config->token_command)
		return ask_command(config->token_command, error);
	if (config->token_file)
		return ask_file(config->token_file, error);
	return NULL;
}
