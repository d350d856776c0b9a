#include "adapters/formats/dates.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "domain/bookmarks/bookmark_source.h"

#define MOMENT INT64_C(1706688900) /* 2024-01-31T08:15:00Z */

struct example {
	const char *text;
	int64_t seconds;
};

static const struct example texts[] = {
	{"1706688900", MOMENT},
	{"1706688900000", MOMENT},
	{"1706688900000000", MOMENT},
	{"1706688900000000000", MOMENT},
	{"13351162500000000", MOMENT}, /* WebKit's */
	{"1706688900.25", MOMENT},
	{"-86400", -86400},
	{"2024-01-31T08:15:00Z", MOMENT},
	{"2024-01-31T08:15:00", MOMENT},
	{"2024-01-31T08:15:00.123456", MOMENT},
	{"2024-01-31 08:15:00 UTC", MOMENT},
	{"2024-01-31T10:15:00+02:00", MOMENT},
	{"2024-01-31T03:45:00-0430", MOMENT},
	{" 2024-01-31 08:15", MOMENT},
	{"2024/1/31 08:15", MOMENT},
	{"2024-01-31", MOMENT - 8 * 3600 - 15 * 60},
	{"Wed, 31 Jan 2024 08:15:00 GMT", MOMENT},
	{"Wed, 31 Jan 2024 09:15:00 +0100", MOMENT},
	{"Wed Jan 31 08:15:00 2024", MOMENT},
	{"January 31, 2024", MOMENT - 8 * 3600 - 15 * 60},
	{"2024-01-31T08:15:00+00:00", MOMENT},
	{"2024-01-31 08:15:00.5+00:00", MOMENT},
	{"20240131T081500Z", MOMENT},
	{"20240131T101500+0200", MOMENT},
	{"31/Jan/2024:10:15:00 +0200", MOMENT},
	{"31/Jan/2024:08:15:00", MOMENT},
	{"Wed, 31 Jan 2024 03:15:00 EST", MOMENT},
	{"Wed, 31 Jan 2024 09:15:00 +0100 (CET)", MOMENT},
	{"Jan 31, 2024, 8:15 AM", MOMENT},
	{"January 31, 2024 12:15:00 am", MOMENT - 8 * 3600},
	{"31 January 2024, 8:15 PM", MOMENT + 12 * 3600},
	{"9999-12-31T23:59:59Z", INT64_C(253402300799)},
	{"1970-01-01T00:00:00Z", 0},
};

static const char *const no_dates[] = {"", " ", "0", "yesterday", "2024-02-30", "2024-13-01",
	"2024-01-31T25:00:00Z", "2024-01-31T08:15:00Zx", "99999999999999999999", "1e9", "0x10",
	"12-31", "31 Foo 2024", "-", "9223372036854775807x", "Jan", "2024-01-31T08", "1:2:3",
	"31/Foo/2024:08:15:00", "31/Jan/2024", "20240131T0815", "2024-01-31 8:15 (", "(",
	"20241331T081500Z"};

static void dates_are_read_in_every_form_that_files_have(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		assert_int_equal(date_of_text(texts[i].text), texts[i].seconds);
}

static void what_is_no_date_is_unknown(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(no_dates) / sizeof(no_dates[0]); i++)
		assert_int_equal(date_of_text(no_dates[i]), NO_DATE);
}

static void numbers_of_any_size_are_no_trouble(void **state)
{
	(void)state;
	assert_true(date_of_number(INT64_MIN) < 0);
	assert_true(date_of_number(INT64_MAX) > MOMENT);
	assert_int_equal(date_of_number(13351162500000000), MOMENT);
	assert_int_equal(date_of_number(0), NO_DATE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(dates_are_read_in_every_form_that_files_have),
		cmocka_unit_test(what_is_no_date_is_unknown),
		cmocka_unit_test(numbers_of_any_size_are_no_trouble),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
