#include "adapters/schedule/due_work.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/random.h>
#include <unistd.h>

#include "adapters/schedule/due_round.h"
#include "adapters/system/steady_clock.h"
#include "adapters/system/wall_timer.h"
#include "domain/base/memory.h"

/* After trouble with the library itself; after the user has stopped a job. */
enum { RENEW_MS = DUE_LEASE * 1000 / 3, TROUBLE_S = 10 * 60, STOPPED_S = 60 * 60, AGAIN_S = 10 };

/* The makers, by job. */
static struct due_round *(*const makers[SCHEDULED_JOBS])(const struct due_round_setup *setup) = {
	[SCHEDULED_BROWSERS] = browser_round_new,
	[SCHEDULED_STARS] = star_round_new,
	[SCHEDULED_LINKS] = link_round_new,
};

struct due_work {
	struct due_work_setup setup;
	struct poll_loop *loop;
	struct wall_timer timer;
	char holder[sizeof(((struct due_job *)NULL)->holder)];
	int64_t not_before[SCHEDULED_JOBS]; /* here; 0: that is all one */
	bool tried[SCHEDULED_JOBS];
	bool looked; /* at what is due, once */
	bool stopped;

	/* The job under way: */
	struct due_round *round; /* NULL: none is */
	enum scheduled_job job;
	struct due_job seen;
	int64_t began; /* steady clock, ms, as is the next */
	int64_t renew_at;
};

static int64_t clock_now(const struct due_work *work)
{
	struct clock *clock = &work->setup.library->clock;

	return clock->now(clock);
}

/* The process and a number that nobody else has: on another machine there is the same process. */
static void name_holder(struct due_work *work)
{
	uint64_t random = 0;

	if (getentropy(&random, sizeof(random)) != 0)
		random = (uint64_t)steady_clock_ms();
	snprintf(work->holder, sizeof(work->holder), "%ld-%016llx", (long)getpid(),
		(unsigned long long)random);
}

struct due_work *due_work_new(const struct due_work_setup *setup)
{
	struct due_work *work = memory_new(sizeof(*work));

	work->setup = *setup;
	name_holder(work);
	wall_timer_init(&work->timer);
	return work;
}

/* ---- what is due */

enum status due_work_look(struct library *library, const struct schedule *schedule,
	enum scheduled_job name, struct due_job *job, int64_t *due)
{
	struct due_ledger *ledger = library->work->due;
	struct clock *clock = &library->clock;
	enum status status = ledger->get(ledger, scheduled_job_name(name), job);
	int64_t now = clock->now(clock);

	*due = schedule_due(schedule, job, now);
	if (due_job_is_held(job, now) && *due < job->held_until)
		*due = job->held_until;
	return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

/* The library cannot be asked now: later. */
static int64_t job_look(struct due_work *work, enum scheduled_job name, struct due_job *job)
{
	const struct schedule *schedule = &work->setup.schedules[name];
	int64_t now = clock_now(work), due;

	if (schedule->kind == SCHEDULE_OFF)
		return INT64_MAX;
	if (due_work_look(work->setup.library, schedule, name, job, &due) != STATUS_OK)
		return now + TROUBLE_S;
	if (work->not_before[name] > now + STOPPED_S) /* a clock was set back */
		work->not_before[name] = 0;
	return due > work->not_before[name] ? due : work->not_before[name];
}

/* ---- the end of a job */

static void tell(struct due_work *work, const struct due_report *report)
{
	if (work->setup.ended)
		work->setup.ended(work->setup.self, report);
}

static void record_end(struct due_work *work, enum status status, const char *line)
{
	const struct work_end end = {
		.name = scheduled_job_name(work->job),
		.holder = work->holder,
		.status = status,
		.result = line,
		.not_before = work->round->not_before,
		.at_latest = schedule_after(&work->setup.schedules[work->job], clock_now(work)),
	};
	const struct command command = {
		.type = FINISH_WORK, .origin = "schedule", .as.finish_work.end = &end};

	if (bus_handle(work->setup.library->bus, &command, NULL) != STATUS_OK)
		work->not_before[work->job] = clock_now(work) + TROUBLE_S;
}

static void end_round(struct due_work *work)
{
	struct due_round *round = work->round;
	bool failed = round->status != STATUS_OK;
	struct due_report report = {
		.job = work->job,
		.status = round->status,
		.words = buffer_text(&round->words),
		.reason = failed ? round->error.text : "",
		.seconds = (double)(steady_clock_ms() - work->began) / 1000,
	};

	if (round->status == STATUS_INTERRUPTED)
		work->not_before[work->job] = clock_now(work) + STOPPED_S;
	record_end(work, round->status, failed ? round->error.text : report.words);
	report.next = job_look(work, work->job, &work->seen);
	tell(work, &report);
	work->round = NULL;
	due_round_free(round);
}

/* ---- its beginning */

static enum status take_up(struct due_work *work, struct error *error)
{
	const struct work_claim claim = {
		.name = scheduled_job_name(work->job),
		.holder = work->holder,
		.ran = work->seen.ran,
		.attempts = work->seen.attempts,
	};
	const struct command command = {
		.type = BEGIN_WORK, .origin = "schedule", .as.begin_work.claim = &claim};
	struct result result = {0};
	enum status status = bus_handle(work->setup.library->bus, &command, &result);

	*error = result.error;
	result_finish(&result);
	return status;
}

static void begin_round(struct due_work *work)
{
	const struct due_round_setup setup = {
		.library = work->setup.library,
		.client = work->setup.client,
		.stars = work->setup.stars,
		.schedule = &work->setup.schedules[work->job],
		.is_stopped = work->setup.is_stopped,
		.self = work->setup.self,
	};

	work->began = steady_clock_ms();
	work->renew_at = work->began + RENEW_MS;
	work->round = makers[work->job](&setup);
}

/* Another one has it (CONFLICT), or the library cannot be written. */
static void pass_over(struct due_work *work, enum status status, const struct error *error)
{
	const struct due_report report = {
		.job = work->job,
		.status = status,
		.words = "",
		.reason = error->text,
	};

	if (status != STATUS_CONFLICT)
		work->not_before[work->job] = clock_now(work) + TROUBLE_S;
	tell(work, &report);
}

/* When it is to be looked at again, if it could not be begun. */
static int64_t begin_job(struct due_work *work, enum scheduled_job job, const struct due_job *seen)
{
	const int64_t soon = clock_now(work) + AGAIN_S;
	struct error error = {0};
	enum status status;
	int64_t due;

	work->job = job;
	work->seen = *seen;
	work->tried[job] = true;
	status = take_up(work, &error);
	if (status == STATUS_OK) {
		begin_round(work);
		return INT64_MAX;
	}
	pass_over(work, status, &error);
	due = job_look(work, job, &work->seen);
	return due > soon ? due : soon;
}

/* Begins the first that is due; else the timer is set to the one that is due next. */
static void begin_what_is_due(struct due_work *work)
{
	int64_t next = INT64_MAX, now = clock_now(work);

	work->looked = true;
	for (int job = 0; job < SCHEDULED_JOBS && !work->round && !work->stopped; job++) {
		struct due_job seen = {0};
		int64_t due = INT64_MAX;

		if (!work->setup.once || !work->tried[job])
			due = job_look(work, (enum scheduled_job)job, &seen);
		if (due <= now)
			due = begin_job(work, (enum scheduled_job)job, &seen);
		if (due < next)
			next = due;
	}
	wall_timer_set(&work->timer, work->round || work->stopped ? INT64_MAX : next);
}

/* ---- within the wait of the thread */

static void due_prepare(void *self, struct poll_loop *loop)
{
	struct due_work *work = self;

	poll_loop_watch(loop, work->timer.fd, POLLIN);
	if (work->round && work->round->fd)
		poll_loop_watch(loop, work->round->fd(work->round), POLLIN);
}

static int due_timeout(void *self)
{
	struct due_work *work = self;
	int64_t renew = work->renew_at - steady_clock_ms();
	int timeout;

	if (!work->looked)
		return 0;
	if (!work->round)
		return wall_timer_timeout(&work->timer);
	timeout = work->round->timeout ? work->round->timeout(work->round) : 0;
	renew = renew > 0 ? renew : 0;
	return timeout < 0 || renew < timeout ? (int)renew : timeout;
}

/* Taken over meanwhile, as we slept: the other one's end counts. */
static void renew(struct due_work *work)
{
	struct error error = {0};

	if (steady_clock_ms() < work->renew_at)
		return;
	work->renew_at = steady_clock_ms() + RENEW_MS;
	if (take_up(work, &error) == STATUS_CONFLICT)
		work->round->stop(work->round);
}

static bool is_time(struct due_work *work)
{
	return !work->looked || wall_timer_take(&work->timer, clock_now(work)) ||
	       wall_timer_timeout(&work->timer) >= 0 || work->timer.when <= clock_now(work);
}

static void due_turn(void *self)
{
	struct due_work *work = self;

	if (work->round) {
		renew(work);
		if (work->round->step(work->round))
			return;
		end_round(work);
	} else if (!is_time(work)) {
		return;
	}
	begin_what_is_due(work);
}

void due_work_join(struct due_work *work, struct poll_loop *loop)
{
	const struct poll_source source = {
		.prepare = due_prepare,
		.timeout = due_timeout,
		.turn = due_turn,
		.self = work,
	};

	work->loop = loop;
	poll_loop_add(loop, &source);
}

/* Between two jobs the next one is begun at once: nothing under way is the end. */
bool due_work_is_over(const struct due_work *work)
{
	return work->looked && !work->round;
}

void due_work_stop(struct due_work *work)
{
	work->stopped = true;
	if (work->round)
		work->round->stop(work->round);
}

void due_work_free(struct due_work *work)
{
	if (!work)
		return;
	if (work->loop)
		poll_loop_remove(work->loop, work);
	work->stopped = true;
	if (work->round) {
		work->round->stop(work->round);
		due_round_fail(work->round, STATUS_INTERRUPTED, NULL, NULL);
		while (work->round->step(work->round) && star_importer_is_busy(work->setup.stars))
			star_importer_step(work->setup.stars);
		end_round(work);
	}
	wall_timer_finish(&work->timer);
	free(work);
}
