#ifndef ADAPTERS_SQLITE_DUE_JOBS_H
#define ADAPTERS_SQLITE_DUE_JOBS_H

#include <stdint.h>

#include "domain/base/error.h"
#include "domain/base/status.h"

struct database;

/*
 * Work that comes round: when each job is due next, once a library however many programs have it
 * open. Who does one takes its lease first (adapters/sqlite/lease.h) and notes the end. Times are
 * seconds since 1970, UTC. Each function is a transaction of its own.
 */
struct due_job {
	int64_t next;     /* due then; 0 if it was never planned */
	int64_t ran;      /* ended last; 0: never */
	int64_t attempts; /* that failed, since one went well */
	char result[256]; /* of the last one, a line; "" if it went well */
};

/* NOT_FOUND, without a word, if it was never planned. */
enum status due_job_find(
	struct database *database, const char *name, struct due_job *job, struct error *error);

/* Plans it, if it is not planned yet, or differently: it is due next at this time. */
enum status due_job_plan(
	struct database *database, const char *name, int64_t next, struct error *error);

/*
 * It has ended at a time, well (result is NULL) or not, and is due next at another; gives the
 * lease up.
 */
struct due_job_end {
	int64_t ended;
	int64_t next;
	const char *result;
};
enum status due_job_finish(struct database *database, const char *name,
	const struct due_job_end *end, struct error *error);

/* One that is no longer wanted. NOT_FOUND. */
enum status due_job_forget(struct database *database, const char *name, struct error *error);

#endif
