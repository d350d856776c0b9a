#ifndef ADAPTERS_SQLITE_LEASE_H
#define ADAPTERS_SQLITE_LEASE_H

#include <stdint.h>

#include "domain/base/error.h"
#include "domain/base/status.h"

struct database;

/* Seconds that a lease lasts at most. */
#define LEASE_MAX 3600

enum lease_of { LEASE_OF_CONSUMER, LEASE_OF_JOB };

/*
 * Who of several programs is at work for a consumer of events or at a job that comes round: the
 * one that wrote its name into the row, until a time. A lease ends by itself at that time, so that
 * one which a killed program held comes free; and at once where that time lies further ahead than
 * a lease reaches, which is so after a clock was set back.
 */
struct lease {
	enum lease_of of;
	const char *name;   /* of the consumer or the job */
	const char *holder; /* this program: a text that no other one which is running has */
	int64_t now;
	int64_t seconds; /* it is to last from now on, at most LEASE_MAX */
};

/*
 * Takes a lease, or goes on with one's own, in a transaction of its own. BUSY: another program has
 * it; NOT_FOUND: there is no such consumer or job.
 */
enum status lease_take(struct database *database, const struct lease *lease, struct error *error);

/* Gives up what one holds; of another's nothing happens. */
enum status lease_end(struct database *database, const struct lease *lease, struct error *error);

#endif
