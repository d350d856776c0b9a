#include "domain/search/query_dates.h"

#include <string.h>

#include "domain/base/timestamp.h"

#define DAY INT64_C(86400)

/* A day, a month or a year: its first second, and the first one after it. */
struct period {
	int64_t begin;
	int64_t end;
};

static bool number(const char *text, size_t digits, int *value)
{
	*value = 0;
	for (size_t i = 0; i < digits; i++) {
		if (text[i] < '0' || text[i] > '9')
			return false;
		*value = *value * 10 + (text[i] - '0');
	}
	return true;
}

static bool first_of(int year, int month, int64_t *seconds)
{
	if (year <= 9999)
		return timestamp_of_day(year, month, 1, seconds);
	*seconds = INT64_MAX;
	return true;
}

static bool read_year(const char *text, struct period *period)
{
	int year;

	return number(text, 4, &year) && first_of(year, 1, &period->begin) &&
	       first_of(year + 1, 1, &period->end);
}

static bool read_month(const char *text, struct period *period)
{
	int year;
	int month;

	return number(text, 4, &year) && text[4] == '-' && number(text + 5, 2, &month) &&
	       timestamp_of_day(year, month, 1, &period->begin) &&
	       first_of(month < 12 ? year : year + 1, month % 12 + 1, &period->end);
}

static bool read_day(const char *text, struct period *period)
{
	int year;
	int month;
	int day;

	if (!number(text, 4, &year) || text[4] != '-' || !number(text + 5, 2, &month) ||
		text[7] != '-' || !number(text + 8, 2, &day) ||
		!timestamp_of_day(year, month, day, &period->begin))
		return false;
	period->end = period->begin + DAY;
	return true;
}

static bool read_period(const char *text, size_t length, struct period *period)
{
	switch (length) {
	case 4: return read_year(text, period);
	case 7: return read_month(text, period);
	case 10: return read_day(text, period);
	default: return false;
	}
}

static bool read_range(const char *text, size_t length, const char *dots, int64_t *from,
	int64_t *until, size_t *at)
{
	size_t first = (size_t)(dots - text);
	size_t second = length - first - 2;
	struct period period;

	*at = 0;
	if (first && !read_period(text, first, &period))
		return false;
	if (first)
		*from = period.begin;
	*at = first ? first + 2 : 0;
	if (second && !read_period(dots + 2, second, &period))
		return false;
	if (second)
		*until = period.end;
	return first || second;
}

static bool read_compared(
	const char *text, size_t length, int64_t *from, int64_t *until, size_t *at)
{
	bool or_equal = length > 1 && text[1] == '=';
	struct period period;

	*at = or_equal ? 2 : 1;
	if (!read_period(text + *at, length - *at, &period))
		return false;
	if (*text == '<')
		*until = or_equal ? period.end : period.begin;
	else
		*from = or_equal ? period.begin : period.end;
	return true;
}

bool query_dates_read(const char *text, size_t length, int64_t *from, int64_t *until, size_t *at)
{
	const char *dots = memmem(text, length, "..", 2);
	struct period period;

	*from = INT64_MIN;
	*until = INT64_MAX;
	*at = 0;
	if (length && (*text == '<' || *text == '>'))
		return read_compared(text, length, from, until, at);
	if (dots)
		return read_range(text, length, dots, from, until, at);
	if (!read_period(text, length, &period))
		return false;
	*from = period.begin;
	*until = period.end;
	return true;
}
