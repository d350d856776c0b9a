#include "adapters/http/http_answer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "adapters/http/origin.h"
#include "domain/base/buffer.h"
#include "domain/base/timestamp.h"

bool http_answer_is_unreachable(const struct http_answer *answer)
{
	return answer->failure >= HTTP_NOT_STARTED && answer->failure <= HTTP_INSECURE;
}

/* The value of a header line of this name, or NULL. */
static const char *header_value(const char *line, size_t length, const char *name)
{
	size_t name_length = strlen(name);

	if (length <= name_length || line[name_length] != ':' ||
		strncasecmp(line, name, name_length) != 0)
		return NULL;
	return line + name_length + 1;
}

static void header_append(struct buffer *values, const char *from, const char *end)
{
	while (from < end && (*from == ' ' || *from == '\t'))
		from++;
	while (end > from && strchr(" \t\r\n", end[-1]))
		end--;
	if (values->length)
		buffer_add(values, ", ", 2);
	buffer_add(values, from, (size_t)(end - from));
}

char *http_answer_header(const struct http_answer *answer, const char *name)
{
	struct buffer values = {0};
	const char *line = answer->headers;
	const char *end = line + answer->headers_length;

	while (line < end) {
		const char *newline = memchr(line, '\n', (size_t)(end - line));
		const char *next = newline ? newline + 1 : end;
		const char *value = header_value(line, (size_t)(next - line), name);

		if (value)
			header_append(&values, value, next);
		line = next;
	}
	return values.text;
}

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

int64_t http_answer_number(const struct http_answer *answer, const char *name)
{
	char *text = http_answer_header(answer, name);
	int64_t value = -1;
	char *end;

	if (text && *text >= '0' && *text <= '9') {
		value = strtoll(text, &end, 10);
		if (*end)
			value = -1;
	}
	free(text);
	return value;
}

int64_t http_answer_date(const struct http_answer *answer, int64_t now)
{
	char *date = http_answer_header(answer, "date");
	int64_t time = now;

	if (date)
		http_date_read(date, &time);
	free(date);
	return time;
}

int64_t http_answer_retry_after(const struct http_answer *answer, int64_t now, int64_t otherwise)
{
	char *text = http_answer_header(answer, "retry-after");
	int64_t seconds = http_answer_number(answer, "retry-after");
	bool given = text != NULL;
	int64_t when;

	if (given && seconds < 0)
		seconds = http_date_read(text, &when) ? when - http_answer_date(answer, now)
						      : otherwise;
	free(text);
	if (!given)
		return -1;
	return seconds > 1 ? seconds : 1;
}

char *http_answer_redirect(const struct http_answer *answer)
{
	char *location, *target = NULL;

	if (answer->code < 300 || answer->code >= 400 || answer->code == 304)
		return NULL;
	location = http_answer_header(answer, "location");
	if (location)
		target = origin_resolve(answer->url, location);
	free(location);
	return target;
}
