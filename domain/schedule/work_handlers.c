#include "domain/bus/handlers.h"

#include <stdio.h>
#include <string.h>

#include "domain/base/timestamp.h"
#include "domain/bus/handling.h"
#include "domain/schedule/due_job.h"

enum { FIRST_PAUSE = 5 * 60, LONGEST_PAUSE = 6 * 60 * 60, LONGEST_ORDER = 7 * 24 * 60 * 60 };

bool due_job_is_held(const struct due_job *job, int64_t now)
{
	return *job->holder && job->held_until > now && job->held_until <= now + DUE_LEASE;
}

/* Seconds until a job that failed so often is tried again. */
static int64_t due_job_pause(int64_t attempts)
{
	int64_t pause = FIRST_PAUSE;

	while (--attempts > 0 && pause < LONGEST_PAUSE)
		pause *= 2;
	return pause < LONGEST_PAUSE ? pause : LONGEST_PAUSE;
}

/* One that was never tried is as empty. */
static enum status job_get(struct handling *handling, const char *name, struct due_job *job)
{
	enum status status = handling->due->get(handling->due, name, job);

	if (status != STATUS_NOT_FOUND)
		return status;
	*job = (struct due_job){0};
	snprintf(job->name, sizeof(job->name), "%s", name);
	return STATUS_OK;
}

enum status handle_begin_work(struct handling *handling, const struct command *command)
{
	const struct work_claim *claim = command->as.begin_work.claim;
	struct error *error = &handling->result->error;
	struct due_job job;
	enum status status = job_get(handling, claim->name, &job);

	if (status != STATUS_OK)
		return status;
	if (due_job_is_held(&job, handling->now) && strcmp(job.holder, claim->holder) != 0)
		return error_fail(STATUS_CONFLICT, error, "another barky is at it");
	if (job.ran != claim->ran || job.attempts != claim->attempts)
		return error_fail(STATUS_CONFLICT, error, "another barky has done it");
	snprintf(job.holder, sizeof(job.holder), "%s", claim->holder);
	job.held_until = handling->now + DUE_LEASE;
	return handling->due->put(handling->due, &job);
}

/* When a job that has just failed is tried again: soon, and not later than it comes round. */
static int64_t next_try(const struct due_job *job, const struct work_end *end, int64_t now)
{
	int64_t next = now + due_job_pause(job->attempts);

	if (end->at_latest > now && end->at_latest < next)
		next = end->at_latest;
	if (end->not_before > next && end->not_before < now + LONGEST_ORDER)
		next = end->not_before;
	return next;
}

/* Lines of "KEY VALUE": domain/bus/event.h. */
static void tell_end(
	struct handling *handling, const struct due_job *job, const struct work_end *end)
{
	struct event_queue *events = handling->events;
	bool failed = end->status != STATUS_OK;
	char next[TIMESTAMP_SIZE];

	event_queue_record(events, failed ? WORK_FAILED : WORK_DONE, job->name);
	event_queue_detail(events, "status %s", status_name(end->status));
	event_queue_detail(events, "%s %s", failed ? "reason" : "result", job->result);
	if (!failed)
		return;
	timestamp_print(job->next, next);
	event_queue_detail(events, "attempts %lld", (long long)job->attempts);
	event_queue_detail(events, "next %s", next);
}

enum status handle_finish_work(struct handling *handling, const struct command *command)
{
	const struct work_end *end = command->as.finish_work.end;
	struct due_job job;
	enum status status = job_get(handling, end->name, &job);

	if (status != STATUS_OK)
		return status;
	if (strcmp(job.holder, end->holder) != 0)
		return error_fail(STATUS_CONFLICT, &handling->result->error,
			"another barky has taken it over");
	job.holder[0] = '\0';
	job.held_until = 0;
	if (end->status == STATUS_INTERRUPTED)
		return handling->due->put(handling->due, &job);
	snprintf(job.result, sizeof(job.result), "%s",
		end->result && *end->result ? end->result : status_message(end->status));
	if (end->status == STATUS_OK) {
		job.ran = handling->now;
		job.attempts = job.next = 0;
	} else {
		job.attempts++;
		job.next = next_try(&job, end, handling->now);
	}
	tell_end(handling, &job, end);
	return handling->due->put(handling->due, &job);
}
