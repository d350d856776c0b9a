#ifndef ADAPTERS_CLI_PROGRESS_H
#define ADAPTERS_CLI_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>

/*
 * A line on standard error that says how far something has come, rewritten in its place on a
 * terminal; elsewhere, if it is asked for, a line each second.
 */
struct progress {
	bool shown;
	bool terminal;
	bool dirty; /* a line stands there */
	long long last_ms;
};

/* when is the value of --progress: NULL and "auto" show it on a terminal, unless quiet. */
void progress_init(struct progress *progress, const char *when, bool quiet);

/* line is made safe to print and cut to the terminal's width; too frequent ones are passed over. */
void progress_show(struct progress *progress, const char *line);

/* Takes the line away, so that others can be printed. */
void progress_clear(struct progress *progress);

#endif
