#include "adapters/system/hook_run.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "adapters/system/spawn.h"
#include "adapters/system/steady_clock.h"
#include "domain/base/memory.h"

#define QUOTED_BYTES 200

static char *path_of_hook(const char *folder, const char *name)
{
	return memory_print("%s/%s", folder, name);
}

enum hook_state hook_state(const char *folder, const char *name)
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

static enum status start(struct hook_run *run, const struct spawn *spawn, struct error *why)
{
	enum status status = spawn_start(spawn, &run->process, why);

	if (status == STATUS_OK)
		return status;
	run->process = 0;
	if (run->output >= 0)
		close(run->output);
	return status;
}

bool hook_run_start(struct hook_run *run, const char *folder, const char *name, const char *line,
	bool errors_only, struct error *why)
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
		status = start(run, &spawn, why);
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

enum status hook_run_wait(struct hook_run *run, int milliseconds, struct error *why)
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
