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

void relative_time_print(int64_t then, int64_t now, char text[static AGE_SIZE])
{
	int64_t age = now > then ? now - then : 0;

	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
		int64_t count = age / units[i].seconds;
		if (count == 0)
			continue;
		snprintf(text, AGE_SIZE, "%d%s", (int)(count > 999 ? 999 : count), units[i].unit);
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

void clock_print(int64_t seconds, bool with_seconds, char text[static DAY_SIZE])
{
	time_t moment = (time_t)seconds;
	struct tm local = {0};

	localtime_r(&moment, &local);
	strftime(text, DAY_SIZE, with_seconds ? "%H:%M:%S" : "%H:%M", &local);
}
