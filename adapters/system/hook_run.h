#ifndef ADAPTERS_SYSTEM_HOOK_RUN_H
#define ADAPTERS_SYSTEM_HOOK_RUN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "domain/base/error.h"
#include "domain/base/status.h"

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

enum hook_state hook_state(const char *folder, const char *name);

/* False, with the reason, if it cannot be started. errors_only keeps standard output out of what is
 * quoted. */
bool hook_run_start(struct hook_run *run, const char *folder, const char *name, const char *line,
	bool errors_only, struct error *why);

/* Waits so long for its end. STATUS_BUSY: it runs on; STATUS_OK: it did what it should; else *why
 * tells what became of it: "exit code 3: no luck". */
enum status hook_run_wait(struct hook_run *run, int milliseconds, struct error *why);

#endif
