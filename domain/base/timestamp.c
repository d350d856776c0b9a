#include "domain/base/timestamp.h"

#include <string.h>

#define DAY          INT64_C(86400)
#define FIRST_MOMENT (-INT64_C(62135596800)) /* 0001-01-01T00:00:00Z */
#define LAST_MOMENT  INT64_C(253402300799)   /* 9999-12-31T23:59:59Z */

static bool is_leap(int year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int days_in_month(int year, int month)
{
	static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

	return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

/*
 * Days from 1970-01-01. The year is counted from March, so that the leap day is its last day and
 * the months before a month always have the same number of days.
 */
static int64_t day_number(int year, int month, int day)
{
	int64_t march_year = month > 2 ? year : year - 1;
	int64_t march_month = month > 2 ? month - 3 : month + 9;
	int64_t leap_days = march_year / 4 - march_year / 100 + march_year / 400;

	return march_year * 365 + leap_days + (march_month * 153 + 2) / 5 + day - 719469;
}

static int64_t floor_divide(int64_t value, int64_t by)
{
	return value / by - (value % by < 0 ? 1 : 0);
}

static void put_digits(char *text, int64_t value, int count)
{
	while (count-- > 0) {
		text[count] = (char)('0' + value % 10);
		value /= 10;
	}
}

/* The year that a day is in, by a guess that is never too late. */
static int year_of(int64_t day)
{
	int year = (int)(floor_divide(day * 400, 146097) + 1969);

	while (day_number(year + 1, 1, 1) <= day)
		year++;
	return year;
}

void timestamp_print(int64_t seconds, char text[static TIMESTAMP_SIZE])
{
	int64_t day, rest, day_of_year;
	int year, month = 1;

	if (seconds < FIRST_MOMENT)
		seconds = FIRST_MOMENT;
	if (seconds > LAST_MOMENT)
		seconds = LAST_MOMENT;
	day = floor_divide(seconds, DAY);
	rest = seconds - day * DAY;
	year = year_of(day);
	day_of_year = day - day_number(year, 1, 1);
	while (day_of_year >= days_in_month(year, month))
		day_of_year -= days_in_month(year, month++);
	memcpy(text, "0000-00-00T00:00:00Z", TIMESTAMP_SIZE);
	put_digits(text, year, 4);
	put_digits(text + 5, month, 2);
	put_digits(text + 8, day_of_year + 1, 2);
	put_digits(text + 11, rest / 3600, 2);
	put_digits(text + 14, rest / 60 % 60, 2);
	put_digits(text + 17, rest % 60, 2);
}

bool timestamp_of_day(int year, int month, int day, int64_t *seconds)
{
	if (year < 1 || year > 9999 || month < 1 || month > 12)
		return false;
	if (day < 1 || day > days_in_month(year, month))
		return false;
	*seconds = day_number(year, month, day) * DAY;
	return true;
}

/* Exactly this many digits; moves the cursor behind them. */
static bool digits(const char **cursor, int count, int *value)
{
	*value = 0;
	for (; count > 0; count--, (*cursor)++) {
		if (**cursor < '0' || **cursor > '9')
			return false;
		*value = *value * 10 + (**cursor - '0');
	}
	return true;
}

static bool literal(const char **cursor, const char *choices)
{
	for (; *choices; choices++) {
		if (**cursor == *choices) {
			(*cursor)++;
			return true;
		}
	}
	return false;
}

static bool day(const char **cursor, int64_t *seconds)
{
	int year, month, day_of_month;

	return digits(cursor, 4, &year) && literal(cursor, "-") && digits(cursor, 2, &month) &&
	       literal(cursor, "-") && digits(cursor, 2, &day_of_month) &&
	       timestamp_of_day(year, month, day_of_month, seconds);
}

/* A leap second counts as the first second of the next minute. */
static bool time_of_day(const char **cursor, int64_t *seconds)
{
	int hour, minute, second;

	if (!digits(cursor, 2, &hour) || !literal(cursor, ":") || !digits(cursor, 2, &minute) ||
		!literal(cursor, ":") || !digits(cursor, 2, &second))
		return false;
	if (hour > 23 || minute > 59 || second > 60)
		return false;
	*seconds += hour * 3600 + minute * 60 + second;
	if (!literal(cursor, "."))
		return true;
	if (**cursor < '0' || **cursor > '9')
		return false;
	while (**cursor >= '0' && **cursor <= '9')
		(*cursor)++;
	return true;
}

static bool offset(const char **cursor, int64_t *seconds)
{
	int hour, minute, sign = **cursor == '-' ? -1 : 1;

	if (literal(cursor, "Zz"))
		return true;
	if (!literal(cursor, "+-") || !digits(cursor, 2, &hour) || !literal(cursor, ":") ||
		!digits(cursor, 2, &minute) || hour > 23 || minute > 59)
		return false;
	*seconds -= sign * (hour * 3600 + minute * 60);
	return true;
}

bool timestamp_read(const char *text, int64_t *seconds)
{
	int64_t moment;

	if (!day(&text, &moment) || !literal(&text, "Tt ") || !time_of_day(&text, &moment) ||
		!offset(&text, &moment) || *text)
		return false;
	if (moment < FIRST_MOMENT || moment > LAST_MOMENT)
		return false;
	*seconds = moment;
	return true;
}
