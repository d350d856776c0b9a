#include "adapters/schedule/schedule.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "domain/base/memory.h"

enum { MINUTE = 60, HOUR = 60 * MINUTE, DAY = 24 * HOUR, NIGHT = 3 * 60, EVERY_MAX = 1000 };

static const char *const job_names[] = {
	[SCHEDULED_BROWSERS] = "browsers",
	[SCHEDULED_STARS] = "stars",
	[SCHEDULED_LINKS] = "links",
};

const char *scheduled_job_name(enum scheduled_job job)
{
	return job_names[job];
}

enum scheduled_job scheduled_job_of(const char *name)
{
	int job = 0;

	while (job < SCHEDULED_JOBS && strcmp(job_names[job], name) != 0)
		job++;
	return (enum scheduled_job)job;
}

/* ---- what the configuration says */

/* The words of a line, one after the other. */
struct words {
	const char *rest;
	char word[64];
};

static bool words_peek(struct words *words)
{
	size_t length;

	words->rest += strspn(words->rest, " \t");
	length = strcspn(words->rest, " \t");
	if (length == 0 || length >= sizeof(words->word))
		return false;
	memcpy(words->word, words->rest, length);
	words->word[length] = '\0';
	return true;
}

static void words_take(struct words *words)
{
	words->rest += strlen(words->word);
}

static bool words_take_if(struct words *words, const char *word)
{
	if (!words_peek(words) || strcmp(words->word, word) != 0)
		return false;
	words_take(words);
	return true;
}

/* "3:00", "03:00"; false: the next word is no time of the day. */
static bool words_take_time(struct words *words, int *minute)
{
	char *end;
	long hours, minutes;

	if (!words_peek(words) || strspn(words->word, "0123456789:") != strlen(words->word))
		return false;
	hours = strtol(words->word, &end, 10);
	if (end == words->word || end > words->word + 2 || *end != ':' || strlen(end) != 3)
		return false;
	minutes = strtol(end + 1, NULL, 10);
	if (hours > 23 || minutes > 59 || strchr(end + 1, ':'))
		return false;
	*minute = (int)(hours * 60 + minutes);
	words_take(words);
	return true;
}

static bool take_weekday(struct words *words, int *weekday)
{
	static const char *const days[] = {
		"sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"};

	for (int day = 0; words_peek(words) && day < 7; day++) {
		if (strlen(words->word) >= 3 &&
			strncmp(days[day], words->word, strlen(words->word)) == 0) {
			*weekday = day;
			words_take(words);
			return true;
		}
	}
	return false;
}

static int64_t unit_of(const char *word)
{
	static const struct {
		const char *one;
		const char *many;
		int64_t seconds;
	} units[] = {{"minute", "minutes", MINUTE}, {"hour", "hours", HOUR}, {"day", "days", DAY}};

	for (size_t i = 0; i < sizeof(units) / sizeof(*units); i++)
		if (strcmp(word, units[i].one) == 0 || strcmp(word, units[i].many) == 0)
			return units[i].seconds;
	return 0;
}

/* "6 hours", behind "every". */
static bool take_interval(struct words *words, int64_t *seconds)
{
	char *end;
	long count;

	if (!words_peek(words))
		return false;
	count = strtol(words->word, &end, 10);
	if (*end || count < 1 || count > EVERY_MAX)
		return false;
	words_take(words);
	if (!words_peek(words) || !unit_of(words->word))
		return false;
	*seconds = count * unit_of(words->word);
	words_take(words);
	return true;
}

static bool take_kind(struct words *words, struct schedule *schedule)
{
	schedule->minute = NIGHT;
	if (words_take_if(words, "off"))
		return true;
	if (words_take_if(words, "hourly")) {
		schedule->kind = SCHEDULE_EVERY;
		schedule->every = HOUR;
		return true;
	}
	if (words_take_if(words, "every")) {
		schedule->kind = SCHEDULE_EVERY;
		return take_interval(words, &schedule->every);
	}
	if (words_take_if(words, "weekly")) {
		schedule->kind = SCHEDULE_WEEKLY;
		take_weekday(words, &schedule->weekday);
	} else if (words_take_if(words, "daily") || words_take_if(words, "nightly")) {
		schedule->kind = SCHEDULE_DAILY;
	} else {
		return false;
	}
	words_take_time(words, &schedule->minute);
	return true;
}

static enum status refuse_kind(struct error *error)
{
	return error_fail(STATUS_INVALID, error,
		"has to be hourly, every N minutes, hours or days, nightly, daily HH:MM, "
		"weekly DAY HH:MM, or off");
}

/* "25:00" and "7" are no names. */
static bool looks_like_a_time(const char *rest)
{
	return strspn(rest, "0123456789:") == strcspn(rest, " \t");
}

enum status schedule_read(
	struct schedule *schedule, enum scheduled_job job, const char *text, struct error *error)
{
	struct words words = {.rest = text};
	struct schedule read = {0};

	if (!take_kind(&words, &read))
		return refuse_kind(error);
	words.rest += strspn(words.rest, " \t");
	if (*words.rest && (job == SCHEDULED_LINKS || read.kind == SCHEDULE_OFF ||
				   looks_like_a_time(words.rest)))
		return refuse_kind(error);
	if (*words.rest)
		read.names = memory_copy_string(words.rest);
	for (char *c = read.names; c && *c; c++)
		if (*c == ',' || *c == '\t')
			*c = ' ';
	schedule_finish(schedule);
	*schedule = read;
	return STATUS_OK;
}

void schedule_finish(struct schedule *schedule)
{
	free(schedule->names);
	*schedule = (struct schedule){0};
}

/* ---- when it comes round */

int64_t schedule_period(const struct schedule *schedule)
{
	return schedule->kind == SCHEDULE_EVERY    ? schedule->every
	       : schedule->kind == SCHEDULE_WEEKLY ? 7 * DAY
						   : DAY;
}

/* The time of the day on a day so many after that of a time. Where an hour is left out in spring
 * it is an hour later, mktime(3). */
static int64_t time_of_day(int64_t time, int days, int minute)
{
	time_t seconds = (time_t)time;
	struct tm day;

	if (!localtime_r(&seconds, &day))
		return INT64_MAX;
	day.tm_mday += days;
	day.tm_hour = minute / 60;
	day.tm_min = minute % 60;
	day.tm_sec = 0;
	day.tm_isdst = -1;
	return (int64_t)mktime(&day);
}

static int weekday_of(int64_t time)
{
	time_t seconds = (time_t)time;
	struct tm day = {0};

	localtime_r(&seconds, &day);
	return day.tm_wday;
}

int64_t schedule_after(const struct schedule *schedule, int64_t time)
{
	bool weekly = schedule->kind == SCHEDULE_WEEKLY;
	int days = weekly ? (schedule->weekday - weekday_of(time) + 7) % 7 : 0;
	int64_t next;

	if (schedule->kind == SCHEDULE_OFF)
		return INT64_MAX;
	if (schedule->kind == SCHEDULE_EVERY)
		return time + schedule->every;
	next = time_of_day(time, days, schedule->minute);
	return next > time ? next : time_of_day(time, days + (weekly ? 7 : 1), schedule->minute);
}

int64_t schedule_due(const struct schedule *schedule, const struct due_job *job, int64_t now)
{
	int64_t period = schedule_period(schedule);

	if (schedule->kind == SCHEDULE_OFF)
		return INT64_MAX;
	if (job->attempts > 0)
		return job->next <= now + (period > 7 * DAY ? period : 7 * DAY) ? job->next : now;
	if (job->ran == 0 || job->ran > now + period)
		return now;
	return schedule_after(schedule, job->ran);
}
