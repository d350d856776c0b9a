#include "domain/base/timestamp.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

struct example {
	const char *text;
	int64_t seconds;
};

static const struct example canonical[] = {
	{"1970-01-01T00:00:00Z", 0},
	{"1969-12-31T23:59:59Z", -1},
	{"2000-02-29T12:00:00Z", 951825600},
	{"2000-03-01T00:00:00Z", 951868800},
	{"2024-01-31T08:15:00Z", 1706688900},
	{"2038-01-19T03:14:08Z", 2147483648},
	{"1900-02-28T23:59:59Z", -2203891201},
	{"1900-03-01T00:00:00Z", -2203891200},
	{"0001-01-01T00:00:00Z", -62135596800},
	{"9999-12-31T23:59:59Z", 253402300799},
};

static const struct example other_forms[] = {
	{"2024-01-31T08:15:00.999Z", 1706688900},
	{"2024-01-31t08:15:00z", 1706688900},
	{"2024-01-31 08:15:00Z", 1706688900},
	{"2024-01-31T10:15:00+02:00", 1706688900},
	{"2024-01-31T02:45:00-05:30", 1706688900},
	{"2016-12-31T23:59:60Z", 1483228800},
};

static void a_moment_is_printed_in_utc(void **state)
{
	char text[TIMESTAMP_SIZE];

	(void)state;
	for (size_t i = 0; i < sizeof(canonical) / sizeof(canonical[0]); i++) {
		timestamp_print(canonical[i].seconds, text);
		assert_string_equal(text, canonical[i].text);
	}
}

static void what_was_printed_is_read_back(void **state)
{
	char text[TIMESTAMP_SIZE];
	int64_t seconds;

	(void)state;
	for (int64_t moment = -62135596800; moment < 253402300799; moment += 86400 * 97 + 12345) {
		timestamp_print(moment, text);
		assert_true(timestamp_read(text, &seconds));
		assert_int_equal(seconds, moment);
	}
}

static void fractions_and_offsets_are_read(void **state)
{
	int64_t seconds;

	(void)state;
	for (size_t i = 0; i < sizeof(other_forms) / sizeof(other_forms[0]); i++) {
		assert_true(timestamp_read(other_forms[i].text, &seconds));
		assert_int_equal(seconds, other_forms[i].seconds);
	}
}

static void what_is_no_moment_is_refused(void **state)
{
	static const char *const texts[] = {"", "2024", "2024-01-31", "2024-01-31T08:15:00",
		"2024-02-30T00:00:00Z", "2023-02-29T00:00:00Z", "2024-13-01T00:00:00Z",
		"2024-00-01T00:00:00Z", "2024-01-00T00:00:00Z", "2024-01-31T24:00:00Z",
		"2024-01-31T08:60:00Z", "2024-01-31T08:15:61Z", "2024-01-31T08:15:00.Z",
		"2024-01-31T08:15:00Zz", "2024-01-31T08:15:00+2:00", "0000-01-01T00:00:00Z",
		"9999-12-31T23:59:59-01:00", "+2024-01-31T08:15:00Z", " 2024-01-31T08:15:00Z"};
	int64_t seconds = 7;

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		assert_false(timestamp_read(texts[i], &seconds));
	assert_int_equal(seconds, 7);
}

static void a_moment_outside_the_calendar_is_printed_as_its_edge(void **state)
{
	char text[TIMESTAMP_SIZE];

	(void)state;
	timestamp_print(INT64_MIN, text);
	assert_string_equal(text, "0001-01-01T00:00:00Z");
	timestamp_print(INT64_MAX, text);
	assert_string_equal(text, "9999-12-31T23:59:59Z");
}

static void a_day_that_does_not_exist_has_no_seconds(void **state)
{
	int64_t seconds;

	(void)state;
	assert_true(timestamp_of_day(2024, 2, 29, &seconds));
	assert_int_equal(seconds, 1709164800);
	assert_false(timestamp_of_day(2023, 2, 29, &seconds));
	assert_false(timestamp_of_day(2023, 4, 31, &seconds));
	assert_false(timestamp_of_day(10000, 1, 1, &seconds));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_moment_is_printed_in_utc),
		cmocka_unit_test(what_was_printed_is_read_back),
		cmocka_unit_test(fractions_and_offsets_are_read),
		cmocka_unit_test(what_is_no_moment_is_refused),
		cmocka_unit_test(a_moment_outside_the_calendar_is_printed_as_its_edge),
		cmocka_unit_test(a_day_that_does_not_exist_has_no_seconds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
