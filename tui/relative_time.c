#include "tui/relative_time.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "domain/base/timestamp.h"

static const struct {
	int64_t seconds;
	const char *unit;
} units[] = {
	{31556952, "y"}, /* a mean Gregorian year, and a twelfth of it */
	{2629746, "mo"},
	{86400, "d"},
	{3600, "h"},
	{60, "m"},
};

/* By hand, as a screen has one in each row. */
static void print_age(int count, const char *unit, char text[static AGE_SIZE])
{
	if (count >= 100)
		*text++ = (char)('0' + count / 100);
	if (count >= 10)
		*text++ = (char)('0' + count / 10 % 10);
	*text++ = (char)('0' + count % 10);
	stpcpy(text, unit);
}

void relative_time_print(int64_t then, int64_t now, char text[static AGE_SIZE])
{
	int64_t age = now > then ? now - then : 0;

	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
		int64_t count = age / units[i].seconds;
		if (count == 0)
			continue;
		print_age((int)(count > 999 ? 999 : count), units[i].unit, text);
		return;
	}
	snprintf(text, AGE_SIZE, "now");
}

void day_print(int64_t seconds, char text[static DAY_SIZE])
{
	char moment[TIMESTAMP_SIZE];

	timestamp_print(seconds, moment);
	moment[strcspn(moment, "T")] = '\0';
	snprintf(text, DAY_SIZE, "%.10s", moment);
}

#define DAY_SECONDS 86400

void day_name_print(int64_t seconds, int64_t now, char text[static DAY_SIZE])
{
	static const char months[][4] = {
		"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
	int64_t days = now / DAY_SECONDS - seconds / DAY_SECONDS;
	time_t moment = (time_t)seconds, today = (time_t)now;
	struct tm then = {0}, current = {0};

	gmtime_r(&moment, &then);
	gmtime_r(&today, &current);
	if (days == 0 || days == 1)
		snprintf(text, DAY_SIZE, "%s", days == 0 ? "today" : "yesterday");
	else if (then.tm_year == current.tm_year)
		snprintf(text, DAY_SIZE, "%d %s", then.tm_mday, months[then.tm_mon]);
	else
		snprintf(text, DAY_SIZE, "%d %s %d", then.tm_mday, months[then.tm_mon],
			then.tm_year + 1900);
}

void clock_print(int64_t seconds, bool with_seconds, char text[static DAY_SIZE])
{
	time_t moment = (time_t)seconds;
	struct tm local = {0};

	localtime_r(&moment, &local);
	strftime(text, DAY_SIZE, with_seconds ? "%H:%M:%S" : "%H:%M", &local);
}
