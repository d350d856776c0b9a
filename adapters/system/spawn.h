#ifndef ADAPTERS_SYSTEM_SPAWN_H
#define ADAPTERS_SYSTEM_SPAWN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "domain/base/error.h"
#include "domain/base/status.h"

/*
 * The one way in which barky starts other programs: by posix_spawn(3) with an argument list, never
 * through a shell. The program starts with no signal blocked and all of them at their defaults,
 * and with no descriptor of ours but the three it is given (the rest are close-on-exec).
 */
#define SPAWN_NULL (-1) /* /dev/null */
#define SPAWN_OURS (-2) /* the same as our own */

struct spawn {
	char *const *words; /* the program, looked for in PATH, its arguments, NULL */
	int input;          /* a descriptor, or one of the two above */
	int output;
	int errors;
	bool own_session; /* out of reach of our terminal's signals, a process group of its own */
	bool with_tokens; /* else GH_TOKEN and GITHUB_TOKEN are not in its environment */
};

/* STATUS_NOT_FOUND if there is no such program, STATUS_IO else. */
enum status spawn_start(const struct spawn *spawn, pid_t *process, struct error *error);

enum spawn_end {
	SPAWN_ENDED,   /* *code is its exit code, or 128 and the signal that ended it */
	SPAWN_RUNNING, /* after the time given */
	SPAWN_LOST     /* not our child, or waited for already */
};

/* Waits, at most so many milliseconds; -1 for ever. What has ended is reaped. */
enum spawn_end spawn_wait(pid_t process, int milliseconds, int *code);

/*
 * The same as a status: STATUS_IO, and why, if the program, by this name, fails meanwhile. One that
 * still runs then, or whose end nobody tells, is taken as well.
 */
enum status spawn_result(pid_t process, int milliseconds, const char *program, struct error *error);

/* Starts a program and waits so long for its result. */
enum status spawn_run(const struct spawn *spawn, int milliseconds, struct error *error);

/* Ends what was started with own_session, and its children. */
void spawn_end_group(pid_t process);

/* A nameless file in memory that holds these bytes, to be given as input; -1 on failure. */
int spawn_input(const char *bytes, size_t length);

/* Whether PATH has such a program. */
bool spawn_finds(const char *program);

#endif
