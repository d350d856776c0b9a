#include "adapters/formats/dates.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "domain/bookmarks/bookmark_source.h"
#include "domain/base/text.h"
#include "domain/base/timestamp.h"

#define SECONDS_MAX    INT64_C(253402300799)   /* 9999-12-31T23:59:59Z */
#define SECONDS_MIN    (-INT64_C(62135596800)) /* 0001-01-01T00:00:00Z */
#define WEBKIT_EPOCH   INT64_C(11644473600)    /* from 1601-01-01 to 1970-01-01, in seconds */
#define MICROSECONDS   INT64_C(1000000)
#define LONGEST_NUMBER 20

static int64_t floor_divide(int64_t value, int64_t by)
{
	return value / by - (value % by < 0 ? 1 : 0);
}

static int64_t in_range(int64_t seconds)
{
	return seconds < SECONDS_MIN || seconds > SECONDS_MAX ? NO_DATE : seconds;
}

int64_t date_of_number(int64_t number)
{
	int64_t size = number < 0 ? -(number + 1) : number;

	if (number == 0)
		return NO_DATE;
	if (size <= SECONDS_MAX)
		return in_range(number);
	if (size <= SECONDS_MAX * 1000)
		return in_range(floor_divide(number, 1000));
	if (number >= WEBKIT_EPOCH * MICROSECONDS && number <= SECONDS_MAX * MICROSECONDS)
		return in_range(number / MICROSECONDS - WEBKIT_EPOCH);
	if (size <= SECONDS_MAX * MICROSECONDS)
		return in_range(floor_divide(number, MICROSECONDS));
	return in_range(floor_divide(number, MICROSECONDS * 1000));
}

/* Digits with a sign and a fraction, the fraction being dropped. */
static bool read_number(const char *text, int64_t *number)
{
	const char *digits = text + (*text == '-' || *text == '+');
	size_t length = strspn(digits, "0123456789");
	const char *rest = digits + length;

	if (length == 0 || length >= LONGEST_NUMBER)
		return false;
	if (*rest == '.')
		rest += 1 + strspn(rest + 1, "0123456789");
	if (*rest)
		return false;
	*number = strtoll(text, NULL, 10);
	return true;
}

/* What was found of a date. */
struct parts {
	int year;
	int month;
	int day;
	int hour;
	int minute;
	int second;
	int offset; /* minutes east of UTC */
};

/* Up to most digits; how many there were. */
static int take_digits(const char **at, int most, int *value)
{
	int count = 0;

	for (*value = 0; count < most && text_is_digit(**at); count++, (*at)++)
		*value = *value * 10 + (**at - '0');
	return count;
}

static bool dates_take(const char **at, const char *choices)
{
	if (!**at || !strchr(choices, **at))
		return false;
	(*at)++;
	return true;
}

static void skip_blanks(const char **at, const char *blanks)
{
	*at += strspn(*at, blanks);
}

/* hh:mm, hh:mm:ss, and a fraction that is dropped. */
static bool take_time(const char **at, struct parts *parts)
{
	if (!take_digits(at, 2, &parts->hour) || !dates_take(at, ":") ||
		take_digits(at, 2, &parts->minute) != 2)
		return false;
	parts->second = 0;
	if (!dates_take(at, ":"))
		return true;
	if (take_digits(at, 2, &parts->second) != 2)
		return false;
	if (dates_take(at, ".,"))
		skip_blanks(at, "0123456789");
	return true;
}

/* The zones by name that RFC 2822 knows, in hours east of UTC. */
static bool take_named_zone(const char **at, struct parts *parts)
{
	static const struct {
		const char *name;
		int hours;
	} zones[] = {{"UTC", 0}, {"GMT", 0}, {"UT", 0}, {"EST", -5}, {"EDT", -4}, {"CST", -6},
		{"CDT", -5}, {"MST", -7}, {"MDT", -6}, {"PST", -8}, {"PDT", -7}};

	for (size_t i = 0; i < sizeof(zones) / sizeof(zones[0]); i++) {
		if (strncasecmp(*at, zones[i].name, strlen(zones[i].name)) != 0)
			continue;
		*at += strlen(zones[i].name);
		parts->offset = zones[i].hours * 60;
		return true;
	}
	return false;
}

/* Z, a name, +02:00, -0530, +02. */
static bool take_zone(const char **at, struct parts *parts)
{
	int sign = **at == '-' ? -1 : 1, hours, minutes = 0;

	if (take_named_zone(at, parts) || dates_take(at, "Zz"))
		return true;
	if (!dates_take(at, "+-") || take_digits(at, 2, &hours) != 2)
		return false;
	dates_take(at, ":");
	if (text_is_digit(**at) && take_digits(at, 2, &minutes) != 2)
		return false;
	parts->offset = sign * (hours * 60 + minutes);
	return true;
}

/* "PM" behind a time of the twelve-hour clock. */
static bool take_half(const char **at, struct parts *parts)
{
	bool afternoon = strncasecmp(*at, "pm", 2) == 0;

	if ((!afternoon && strncasecmp(*at, "am", 2) != 0) || parts->hour > 12)
		return false;
	*at += 2;
	parts->hour = parts->hour % 12 + (afternoon ? 12 : 0);
	return true;
}

static int64_t seconds_of(const struct parts *parts)
{
	int64_t seconds;

	if (!timestamp_of_day(parts->year, parts->month, parts->day, &seconds))
		return NO_DATE;
	if (parts->hour > 23 || parts->minute > 59 || parts->second > 60)
		return NO_DATE;
	seconds += parts->hour * 3600 + parts->minute * 60 + parts->second;
	return in_range(seconds - parts->offset * 60);
}

/* RFC 3339, and with a blank for the T, slashes, or any of time, seconds and zone left out. */
static int64_t read_iso(const char *at)
{
	struct parts parts = {0};

	if (take_digits(&at, 4, &parts.year) != 4 || !dates_take(&at, "-/.") ||
		!take_digits(&at, 2, &parts.month) || !dates_take(&at, "-/.") ||
		!take_digits(&at, 2, &parts.day))
		return NO_DATE;
	if (*at && (!dates_take(&at, "Tt ") || !take_time(&at, &parts)))
		return NO_DATE;
	skip_blanks(&at, " ");
	if (*at && (!take_zone(&at, &parts) || *at))
		return NO_DATE;
	return seconds_of(&parts);
}

/* 20240131T081500Z, ISO 8601 without its marks. */
static int64_t read_basic_iso(const char *at)
{
	struct parts parts = {0};

	if (take_digits(&at, 4, &parts.year) != 4 || take_digits(&at, 2, &parts.month) != 2 ||
		take_digits(&at, 2, &parts.day) != 2 || !dates_take(&at, "Tt") ||
		take_digits(&at, 2, &parts.hour) != 2 || take_digits(&at, 2, &parts.minute) != 2 ||
		take_digits(&at, 2, &parts.second) != 2)
		return NO_DATE;
	if (*at && (!take_zone(&at, &parts) || *at))
		return NO_DATE;
	return seconds_of(&parts);
}

static bool take_name(const char **at, struct parts *parts)
{
	static const char *const names[] = {"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug",
		"sep", "oct", "nov", "dec", "mon", "tue", "wed", "thu", "fri", "sat", "sun"};
	size_t length = strspn(*at, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

	for (int i = 0; i < 19; i++) {
		if (strncasecmp(*at, names[i], 3) != 0)
			continue;
		if (i < 12)
			parts->month = i + 1;
		*at += length;
		return true;
	}
	return false;
}

static bool take_number(const char **at, struct parts *parts)
{
	size_t digits = strspn(*at, "0123456789");

	if ((*at)[digits] == ':')
		return take_time(at, parts);
	if (digits == 4)
		return take_digits(at, 4, &parts->year) == 4;
	return digits <= 2 && take_digits(at, 2, &parts->day) > 0;
}

/* "10/Oct/2000:13:55:36 +0300", as web servers log. */
static int64_t read_log(const char *at)
{
	struct parts parts = {0};

	if (!take_digits(&at, 2, &parts.day) || !dates_take(&at, "/") || !take_name(&at, &parts) ||
		!dates_take(&at, "/") || take_digits(&at, 4, &parts.year) != 4 ||
		!dates_take(&at, ":") || !take_time(&at, &parts))
		return NO_DATE;
	skip_blanks(&at, " ");
	if (*at && (!take_zone(&at, &parts) || *at))
		return NO_DATE;
	return seconds_of(&parts);
}

/* "(CET)" behind a date of a mail. */
static void skip_comment(const char **at)
{
	const char *end = **at == '(' ? strchr(*at, ')') : NULL;

	if (end)
		*at = end + 1;
}

/* "Wed, 31 Jan 2024 08:15:00 +0200", "Wed Jan 31 08:15:00 2024", "January 31, 2024, 3:04 PM". */
static int64_t read_named(const char *at)
{
	struct parts parts = {0};

	for (skip_blanks(&at, " ,"); *at; skip_blanks(&at, " ,")) {
		if (text_is_digit(*at) ? !take_number(&at, &parts)
				       : !take_name(&at, &parts) && !take_half(&at, &parts) &&
						 !take_zone(&at, &parts))
			return NO_DATE;
		skip_comment(&at);
		skip_blanks(&at, " ");
		skip_comment(&at);
	}
	return seconds_of(&parts);
}

int64_t date_of_text(const char *text)
{
	static int64_t (*const readers[])(const char *at) = {
		read_iso, read_basic_iso, read_log, read_named};
	int64_t value;

	skip_blanks(&text, " \t\r\n");
	if (read_number(text, &value))
		return date_of_number(value);
	for (size_t i = 0; i < sizeof(readers) / sizeof(readers[0]); i++)
		if ((value = readers[i](text)) != NO_DATE)
			return value;
	return NO_DATE;
}
