#ifndef ADAPTERS_SCHEDULE_SCHEDULE_H
#define ADAPTERS_SCHEDULE_SCHEDULE_H

#include <stdint.h>

#include "domain/base/error.h"
#include "domain/base/status.h"
#include "domain/schedule/due_job.h"

/* What can come round, in the order in which it is done. */
enum scheduled_job { SCHEDULED_BROWSERS, SCHEDULED_STARS, SCHEDULED_LINKS, SCHEDULED_JOBS };

/* "stars": the name in the configuration, in the library and in events. */
const char *scheduled_job_name(enum scheduled_job job);

/* SCHEDULED_JOBS if there is none of that name. */
enum scheduled_job scheduled_job_of(const char *name);

/*
 * How often, as the configuration says it:
 *
 *	hourly | every N minutes|hours|days | nightly | daily [HH:MM] | weekly [DAY] [HH:MM] | off
 *
 * nightly, daily and weekly are at 03:00 if no time is given, weekly on Sunday; times of the day
 * are those of this machine's time zone (TZ). What stands behind it are names: the users whose
 * stars are meant, or the browsers.
 */
enum schedule_kind { SCHEDULE_OFF, SCHEDULE_EVERY, SCHEDULE_DAILY, SCHEDULE_WEEKLY };

struct schedule {
	enum schedule_kind kind;
	int64_t every; /* seconds, of EVERY */
	int weekday;   /* 0: Sunday, of WEEKLY */
	int minute;    /* of the day, of DAILY and WEEKLY */
	char *names;   /* separated by blanks; NULL: none */
};

/* INVALID, with a sentence that follows the job's name, and *schedule is left alone. */
enum status schedule_read(
	struct schedule *schedule, enum scheduled_job job, const char *text, struct error *error);
void schedule_finish(struct schedule *schedule); /* {0} is fine */

/* The seconds from one time round to the next. */
int64_t schedule_period(const struct schedule *schedule);

/* When it comes round next after a time; INT64_MAX: never. */
int64_t schedule_after(const struct schedule *schedule, int64_t time);

/*
 * When a job is due, by what the library remembers of it: at once (now) if it was never done, and
 * never later than two periods from now, whatever the clock has been set to meanwhile.
 */
int64_t schedule_due(const struct schedule *schedule, const struct due_job *job, int64_t now);

#endif
