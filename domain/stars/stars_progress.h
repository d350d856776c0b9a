#ifndef DOMAIN_STARS_STARS_PROGRESS_H
#define DOMAIN_STARS_STARS_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "domain/base/counts.h"
#include "domain/base/error.h"

/* How an import of stars stands: for whoever shows it while it runs. */
enum stars_phase {
	STARS_IDLE,
	STARS_CONNECTING,
	STARS_FETCHING,
	STARS_WAITING_FOR_LIMIT, /* until, a wall time */
	STARS_RETRYING,          /* until, a wall time */
	STARS_STOPPING,
	STARS_COMPLETE,
	STARS_STOPPED,
	STARS_FAILED
};

struct stars_progress {
	enum stars_phase phase;
	char user[64];
	size_t page;  /* pages taken in */
	size_t pages; /* 0: not known yet */
	struct counts counts;
	size_t requests;
	double per_second; /* stars taken in */
	long seconds_left; /* -1: not known */
	int64_t until;
	int64_t change;     /* what undo would take back */
	bool unfinished;    /* a walk of an earlier run can be carried on */
	struct error error; /* of a failure, or of the last item passed over */
};

#endif
