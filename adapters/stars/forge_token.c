#include "adapters/stars/forge_token.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "adapters/system/argv.h"
#include "adapters/system/config.h"
#include "adapters/system/descriptor.h"
#include "adapters/system/platform.h"
#include "adapters/system/spawn.h"
#include "domain/base/error.h"
#include "domain/base/memory.h"

#define ANSWER_MAX 4096
#define WAIT_MS    30000

/* The first line, of at most so many bytes, until the end or the time is over; yours to wipe. */
static char *token_read_line(int descriptor, int milliseconds)
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

static char *token_read_answer(pid_t process, int descriptor, const char *name, struct error *error)
{
	char *line = token_read_line(descriptor, WAIT_MS);
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

static char *token_command_run(struct argv *words, struct error *error)
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
		token = token_read_answer(process, ends[0], words->items[0], error);
	close(ends[0]);
	return token;
}

static char *token_ask_command(const char *line, struct error *error)
{
	struct argv words = {0};
	char *token = NULL;

	if (argv_split(&words, line, error) == STATUS_OK && words.count > 0)
		token = token_command_run(&words, error);
	argv_finish(&words);
	return token;
}

static char *token_ask_file(const char *path, struct error *error)
{
	int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	struct stat facts;
	char *token = NULL;

	if (descriptor < 0 || fstat(descriptor, &facts) != 0)
		error_set(error, "token_file: %s cannot be read: %s", path, strerror(errno));
	else if (!S_ISREG(facts.st_mode) || facts.st_uid != geteuid() || (facts.st_mode & 077))
		error_set(error, "token_file: %s is not yours alone: chmod 600 it", path);
	else
		token = token_read_line(descriptor, 0);
	if (descriptor >= 0)
		close(descriptor);
	return token;
}

char *forge_token_ask(const struct config *config, struct error *error)
{
	if (config->token_command)
		return token_ask_command(config->token_command, error);
	if (config->token_file)
		return token_ask_file(config->token_file, error);
	return NULL;
}

static const char *const variables[] = {"GH_TOKEN", "GITHUB_TOKEN"};

void forge_token_wipe(char *text)
{
	if (!text)
		return;
	platform_wipe(text, strlen(text));
	free(text);
}

/* The value itself is overwritten too: /proc/PID/environ shows the memory it stands in. */
static char *take_variable(const char *name)
{
	char *value = getenv(name);
	char *copy = NULL;

	if (value && *value) {
		copy = memory_copy_string(value);
		platform_wipe(value, strlen(value));
	}
	unsetenv(name);
	return copy;
}

/* RFC 9110: a field value of visible ASCII without blanks, which is all that tokens are. */
static bool can_be_sent(const char *text)
{
	for (; *text; text++)
		if (*text <= ' ' || *text >= 0x7f)
			return false;
	return true;
}

enum status forge_token_keep(struct forge_token *token, char *text, struct error *error)
{
	platform_guard_memory();
	text[strcspn(text, "\r\n")] = '\0';
	if (!can_be_sent(text)) {
		forge_token_wipe(text);
		return error_fail(STATUS_INVALID, error,
			"the token holds a blank or a control character, which no token "
			"has: set it anew");
	}
	forge_token_finish(token);
	if (*text)
		token->text = text;
	else
		free(text);
	return STATUS_OK;
}

enum status forge_token_take(struct forge_token *token, struct error *error)
{
	char *taken = NULL;

	for (size_t i = 0; i < sizeof(variables) / sizeof(variables[0]); i++) {
		char *text = take_variable(variables[i]);

		if (!taken)
			taken = text;
		else
			forge_token_wipe(text);
	}
	if (!taken)
		return STATUS_OK;
	if (taken[strcspn(taken, "\r\n")] == '\0')
		return forge_token_keep(token, taken, error);
	forge_token_wipe(taken);
	return error_fail(STATUS_INVALID, error,
		"the token holds a line break, which no token has: set it anew");
}

void forge_token_finish(struct forge_token *token)
{
	forge_token_wipe(token->text);
	token->text = NULL;
}
