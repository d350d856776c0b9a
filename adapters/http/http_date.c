#include "adapters/http/http_date.h"

#include <stdio.h>
#include <string.h>

#include "domain/base/timestamp.h"

static int month_of(const char *name)
{
	static const char names[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	const char *found = strstr(names, name);

	if (!found || (found - names) % 3 != 0)
		return 0;
	return (int)(found - names) / 3 + 1;
}

/* A 9 stands for a digit, an x for a letter, anything else for itself. */
static bool has_form(const char *text, const char *form)
{
	for (; *form; form++, text++) {
		bool digit = *text >= '0' && *text <= '9';
		bool letter = (*text >= 'A' && *text <= 'Z') || (*text >= 'a' && *text <= 'z');

		if (*form == '9' ? !digit : *form == 'x' ? !letter : *text != *form)
			return false;
	}
	return *text == '\0';
}

bool http_date_read(const char *text, int64_t *seconds)
{
	int day, year, hour, minute, second;
	char month[4];
	int64_t start;

	if (!has_form(text, "xxx, 99 xxx 9999 99:99:99 xxx") || strcmp(text + 25, " GMT") != 0)
		return false;
	if (sscanf(text + 5, "%2d %3s %4d %2d:%2d:%2d", &day, month, &year, &hour, &minute,
		    &second) != 6)
		return false;
	if (hour > 23 || minute > 59 || second > 60)
		return false;
	if (!timestamp_of_day(year, month_of(month), day, &start))
		return false;
	*seconds = start + (int64_t)hour * 3600 + minute * 60 + second;
	return true;
}
