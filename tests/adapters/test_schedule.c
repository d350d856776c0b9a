/* The grammar of [schedule], and when work comes round: also where clocks are set, and in spring.
 */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <time.h>

#include <cmocka.h>

#include "adapters/schedule/schedule.h"
#include "domain/base/timestamp.h"

static struct schedule read(enum scheduled_job job, const char *text)
{
	struct schedule schedule = {0};
	struct error error = {0};

	if (schedule_read(&schedule, job, text, &error) != STATUS_OK)
		fail_msg("%s: %s", text, error.text);
	return schedule;
}

static int64_t at(const char *text)
{
	int64_t seconds = 0;

	assert_true(timestamp_read(text, &seconds));
	return seconds;
}

static void time_zone(const char *zone)
{
	setenv("TZ", zone, 1);
	tzset();
}

static void every_form_is_read(void **state)
{
	static const struct {
		const char *text;
		enum schedule_kind kind;
		int64_t every;
		int weekday, minute;
		const char *names;
	} forms[] = {
		{"off", SCHEDULE_OFF, 0, 0, 180, NULL},
		{"hourly", SCHEDULE_EVERY, 3600, 0, 180, NULL},
		{"every 90 minutes", SCHEDULE_EVERY, 5400, 0, 180, NULL},
		{"every 1 day", SCHEDULE_EVERY, 86400, 0, 180, NULL},
		{"nightly", SCHEDULE_DAILY, 0, 0, 180, NULL},
		{"nightly octocat, 0xAX", SCHEDULE_DAILY, 0, 0, 180, "octocat  0xAX"},
		{"daily 7:05", SCHEDULE_DAILY, 0, 0, 425, NULL},
		{"daily 23:59 gitlab:a", SCHEDULE_DAILY, 0, 0, 1439, "gitlab:a"},
		{"weekly", SCHEDULE_WEEKLY, 0, 0, 180, NULL},
		{"weekly mon", SCHEDULE_WEEKLY, 0, 1, 180, NULL},
		{"weekly saturday 12:30 a b", SCHEDULE_WEEKLY, 0, 6, 750, "a b"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(forms) / sizeof(*forms); i++) {
		struct schedule schedule = read(SCHEDULED_STARS, forms[i].text);

		assert_int_equal(schedule.kind, forms[i].kind);
		assert_int_equal(schedule.every, forms[i].every);
		assert_int_equal(schedule.weekday, forms[i].weekday);
		assert_int_equal(schedule.minute, forms[i].minute);
		if (forms[i].names)
			assert_string_equal(schedule.names, forms[i].names);
		else
			assert_null(schedule.names);
		schedule_finish(&schedule);
	}
}

static void what_is_no_time_is_refused(void **state)
{
	static const char *const wrong[] = {"", "sometimes", "Nightly", "every", "every 0 hours",
		"every 2 weeks", "every 1001 days", "every -1 hours", "daily 24:00", "daily 12:60",
		"daily 7", "daily 123:00", "daily 7:5", "weekly 25:00", "off octocat", "monday"};
	struct schedule schedule = {.kind = SCHEDULE_WEEKLY};
	struct error error;

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++)
		assert_int_equal(schedule_read(&schedule, SCHEDULED_STARS, wrong[i], &error),
			STATUS_INVALID);
	assert_int_equal(schedule_read(&schedule, SCHEDULED_LINKS, "weekly octocat", &error),
		STATUS_INVALID);
	assert_int_equal(schedule.kind, SCHEDULE_WEEKLY);
}

static void assert_after(const char *text, const char *time, const char *expected)
{
	struct schedule schedule = read(SCHEDULED_LINKS, text);

	assert_int_equal(schedule_after(&schedule, at(time)), at(expected));
	schedule_finish(&schedule);
}

static void it_comes_round_by_the_clock_on_the_wall(void **state)
{
	(void)state;
	time_zone("UTC0");
	assert_after("hourly", "2026-11-28T13:10:00Z", "2026-11-28T14:10:00Z");
	assert_after("nightly", "2026-11-28T02:59:59Z", "2026-11-28T03:00:00Z");
	assert_after("nightly", "2026-11-28T03:00:00Z", "2026-11-29T03:00:00Z");
	assert_after("daily 13:00", "2026-12-31T14:00:00Z", "2027-01-01T13:00:00Z");
	assert_after("weekly", "2026-11-28T12:00:00Z", "2026-11-29T03:00:00Z"); /* a Saturday */
	assert_after("weekly", "2026-11-29T03:00:00Z", "2026-12-06T03:00:00Z");
	assert_after("weekly sat 11:00", "2026-11-28T12:00:00Z", "2026-12-05T11:00:00Z");
	/* In Berlin the clock goes from 02:00 to 03:00 on 2026-03-29, and back on 2026-10-25. */
	time_zone("CET-1CEST,M3.5.0,M10.5.0/3");
	assert_after("nightly", "2026-03-28T12:00:00Z", "2026-03-29T01:00:00Z");
	assert_after("nightly", "2026-10-24T12:00:00Z", "2026-10-25T02:00:00Z");
	time_zone("UTC0");
}

static void assert_due(const struct due_job *job, const char *now, const char *expected)
{
	struct schedule nightly = read(SCHEDULED_LINKS, "nightly");

	assert_int_equal(schedule_due(&nightly, job, at(now)), at(expected));
	schedule_finish(&nightly);
}

static void a_clock_that_jumps_neither_starves_nor_storms(void **state)
{
	struct due_job job = {0};

	(void)state;
	time_zone("UTC0");
	assert_due(&job, "2026-11-28T12:00:00Z", "2026-11-28T12:00:00Z");
	job.ran = at("2026-11-28T12:00:00Z");
	assert_due(&job, "2026-11-28T12:00:01Z", "2026-11-29T03:00:00Z");
	/* a year forward: overdue once */
	assert_due(&job, "2027-11-28T12:00:00Z", "2026-11-29T03:00:00Z");
	/* back by some hours: the next night all the same; by a year: at once, and then ran is now
	 */
	assert_due(&job, "2026-11-28T02:00:00Z", "2026-11-29T03:00:00Z");
	assert_due(&job, "2025-11-28T12:00:00Z", "2025-11-28T12:00:00Z");
	job.attempts = 1;
	job.next = at("2026-11-28T12:05:00Z");
	assert_due(&job, "2026-11-28T12:01:00Z", "2026-11-28T12:05:00Z");
	assert_due(&job, "2025-11-28T12:01:00Z", "2025-11-28T12:01:00Z");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_form_is_read),
		cmocka_unit_test(what_is_no_time_is_refused),
		cmocka_unit_test(it_comes_round_by_the_clock_on_the_wall),
		cmocka_unit_test(a_clock_that_jumps_neither_starves_nor_storms),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
