#ifndef ADAPTERS_SQLITE_MADE_RUNS_H
#define ADAPTERS_SQLITE_MADE_RUNS_H

#include <stdint.h>

#include "domain/base/status.h"

struct database;

/*
 * Which change made which bookmarks, as runs of rising ids. A bookmark is made by one change only,
 * so no two runs overlap. Every bookmark has a number in its change: the run's and one more for
 * each step from first.
 */
struct made_run {
	int64_t first;
	int64_t last;
	int64_t change;
	int64_t number;
};

/* The run that is being gathered is in memory; {.database = …} is the beginning. */
struct made_runs {
	struct database *database;
	struct made_run gathered; /* first is 0 if there is none */
};

enum status made_runs_add(struct made_runs *runs, int64_t change, int64_t number, int64_t bookmark);
enum status made_runs_flush(struct made_runs *runs);

/* The run that a bookmark is in, after a flush; STATUS_NOT_FOUND. */
enum status made_runs_find(struct made_runs *runs, int64_t bookmark, struct made_run *run);

/* Takes one bookmark out of the run that it is in; the others keep their numbers. */
enum status made_runs_take_out(
	struct made_runs *runs, const struct made_run *run, int64_t bookmark);

#endif
