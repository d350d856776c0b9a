#ifndef DOMAIN_SCHEDULE_DUE_JOB_H
#define DOMAIN_SCHEDULE_DUE_JOB_H

#include <stdbool.h>
#include <stdint.h>

#include "domain/base/status.h"

/*
 * Work that comes round, as the library remembers it: so that each job is done once, however many
 * programs have the library open, and what failed is tried again. Who does a job holds it for a
 * while, and says again that it does; what a program held that was killed comes free by itself.
 * Times are seconds since 1970, UTC.
 */
struct due_job {
	char name[32];      /* "stars" */
	int64_t ran;        /* went well then; 0: never */
	int64_t next;       /* a job that failed is to be tried again then */
	int64_t attempts;   /* that failed, since it went well */
	char result[256];   /* of the last time: what it came to, or why it failed */
	char holder[64];    /* who is at it; "" nobody */
	int64_t held_until; /* unless the holder says more */
};

/* Port: what is known of jobs. get() also outside of a unit of work; NOT_FOUND: never tried. */
struct due_ledger {
	enum status (*get)(struct due_ledger *ledger, const char *name, struct due_job *job);
	enum status (*put)(struct due_ledger *ledger, const struct due_job *job);
};

/* How long a job is held if nothing more is heard of its holder. */
#define DUE_LEASE 600

/*
 * Whether somebody is at it. A lease that reaches further than leases do is one from before the
 * clock was set back, and is over.
 */
bool due_job_is_held(const struct due_job *job, int64_t now);

/*
 * To take up a job, or to go on holding it. It is refused (CONFLICT) where somebody else is at it,
 * or has been since it was seen as it is told here.
 */
struct work_claim {
	const char *name;
	const char *holder; /* a text that no other running program has */
	int64_t ran;        /* as they were seen */
	int64_t attempts;
};

/* How it ended. INTERRUPTED: it was given up, and is as due as before. */
struct work_end {
	const char *name;
	const char *holder;
	enum status status;
	const char *result; /* a line: what it came to, or why it failed */
	int64_t not_before; /* that failed: not to be tried again before; 0: that is all one */
	int64_t at_latest;  /* it is due again by itself then; 0: not soon */
};

#endif
