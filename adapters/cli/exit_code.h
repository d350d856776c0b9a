#ifndef ADAPTERS_CLI_EXIT_CODE_H
#define ADAPTERS_CLI_EXIT_CODE_H

#include "domain/base/status.h"

/* How the program ends; scripts rely on these numbers. */
enum exit_code {
	EXIT_DONE = 0,
	EXIT_FAILED = 1,    /* refused, or failed */
	EXIT_MISUSED = 2,   /* the command line is wrong */
	EXIT_NOT_FOUND = 3, /* no such bookmark; nothing matched */
	EXIT_REMOTE_FAILED = 4,
	EXIT_RATE_LIMITED = 5,
	EXIT_LIBRARY_UNUSABLE = 6,
	EXIT_INTERRUPTED = 130, /* by SIGINT */
	EXIT_TERMINATED = 143   /* by SIGTERM */
};

enum exit_code exit_code_of(enum status status);

/* "no such bookmark, or nothing matched": for the manual; NULL of a number that is not used. */
const char *exit_code_meaning(int code);

#endif
