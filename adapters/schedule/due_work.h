#ifndef ADAPTERS_SCHEDULE_DUE_WORK_H
#define ADAPTERS_SCHEDULE_DUE_WORK_H

#include "adapters/bootstrap.h"
#include "adapters/engine/poll_loop.h"
#include "adapters/schedule/schedule.h"
#include "adapters/stars/star_importer.h"

/*
 * Does what the configuration's [schedule] says, when it is due, one job after the other: a source
 * of the loop of an open screen, or of "barky run-due". It asks the library what is due and takes
 * each job up there first, so that of several barkys one does it; the end goes into the log as
 * WORK_DONE or WORK_FAILED. Between two jobs it waits by one timer, and costs nothing.
 */
struct due_work;

/* What became of one job; lent. */
struct due_report {
	enum scheduled_job job;
	enum status status;
	const char *words;  /* what it came to; "" if nothing was done */
	const char *reason; /* why it failed; "" if it went well */
	double seconds;
	int64_t next; /* when it is due again */
};

struct due_work_setup {
	struct library *library;          /* all of it is borrowed */
	const struct schedule *schedules; /* SCHEDULED_JOBS of them */
	struct http_client *client;
	struct star_importer *stars;
	bool once; /* each job at most once, then it is over */

	/* Called at the end of each job, also of one that another barky has. May be NULL. */
	void (*ended)(void *self, const struct due_report *report);
	bool (*is_stopped)(void *self); /* may be NULL */
	void *self;
};

struct due_work *due_work_new(const struct due_work_setup *setup);

/* What is under way is given up. NULL is fine. */
void due_work_free(struct due_work *work);

/* Takes part in the loop, which has to go on until due_work_free(); the first turn begins. */
void due_work_join(struct due_work *work, struct poll_loop *loop);

/* With once: everything that was due has been tried. */
bool due_work_is_over(const struct due_work *work);

/* Ends what is under way, soon; nothing else is begun. */
void due_work_stop(struct due_work *work);

/* What the library says of a job: when it is due, and *job. */
enum status due_work_look(struct library *library, const struct schedule *schedule,
	enum scheduled_job name, struct due_job *job, int64_t *due);

#endif
