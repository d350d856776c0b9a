#ifndef ADAPTERS_CLI_EXIT_CODE_H
#define ADAPTERS_CLI_EXIT_CODE_H

/* How the program ends; scripts rely on these numbers. status_exit_code() has that of a status. */
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

#endif
