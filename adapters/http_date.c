#include "adapters/http_date.h"

#include <stdio.h>
#include <string.h>

#include "domain/moment.h"

static int month_of(const char *name)
{
	static const char names[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	const char *found = strstr(names, name);

	if (!found || (found - names) % 3 != 0)
		return 0;
	return (int)(found - names) / 3 + 1;
}

bool http_date_read(const char *text, int64_t *seconds)
{
	int day, year, hour, minute, second, end = 0;
	char month[4];
	int64_t start;

	if (sscanf(text, "%*3[A-Za-z], %2d %3[A-Za-z] %4d %2d:%2d:%2d GMT%n", &day, month, &year,
		    &hour, &minute, &second, &end) != 6 ||
		end == 0)
		return false;
	if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60)
		return false;
	if (strlen(month) != 3 || !moment_of_day(year, month_of(month), day, &start))
		return false;
	*seconds = start + (int64_t)hour * 3600 + minute * 60 + second;
	return true;
}
