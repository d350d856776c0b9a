#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "tui/relative_time.h"
#include "tui/number.h"
#include "tui/tty.h"

static void assert_age(int64_t seconds, const char *expected)
{
	char text[AGE_SIZE];

	relative_time_print(1000000000, 1000000000 + seconds, text);
	assert_string_equal(text, expected);
}

static void an_age_has_one_unit(void **state)
{
	(void)state;
	assert_age(-5, "now");
	assert_age(59, "now");
	assert_age(60, "1m");
	assert_age(3 * 3600, "3h");
	assert_age(2 * 86400 + 5, "2d");
	assert_age(29 * 86400, "29d");
	assert_age(95 * 86400, "3mo");
	assert_age(364 * 86400, "11mo");
	assert_age(366 * 86400, "1y");
	assert_age(INT64_C(5000) * 31556952, "999y");
}

static void days_are_of_the_calendar(void **state)
{
	char day[DAY_SIZE];

	(void)state;
	day_print(1706688900, day);
	assert_string_equal(day, "2024-01-31");
}

static void a_clock_is_the_users_own(void **state)
{
	char text[DAY_SIZE];

	(void)state;
	setenv("TZ", "XYZ-2", 1);
	tzset();
	clock_print(1706688905, false, text);
	assert_string_equal(text, "10:15");
	clock_print(1706688905, true, text);
	assert_string_equal(text, "10:15:05");
}

static void thousands_stand_apart(void **state)
{
	char text[NUMBER_SIZE];

	(void)state;
	number_print(0, text);
	assert_string_equal(text, "0");
	number_print(999, text);
	assert_string_equal(text, "999");
	number_print(1234567, text);
	assert_string_equal(text, "1,234,567");
}

static void a_copied_text_is_in_base64(void **state)
{
	static const char *const cases[][2] = {{"", ""}, {"f", "Zg=="}, {"fo", "Zm8="},
		{"foo", "Zm9v"}, {"foobar", "Zm9vYmFy"}, {"\xff\xfe", "//4="}};
	char *long_text = calloc(1, 80001);

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char *sequence = tty_clipboard_sequence(cases[i][0]);
		size_t length = strlen(cases[i][1]);
		assert_memory_equal(sequence, "\033]52;c;", 7);
		assert_memory_equal(sequence + 7, cases[i][1], length);
		assert_string_equal(sequence + 7 + length, "\033\\");
		free(sequence);
	}
	memset(long_text, 'x', 80000);
	assert_null(tty_clipboard_sequence(long_text));
	free(long_text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_age_has_one_unit),
		cmocka_unit_test(days_are_of_the_calendar),
		cmocka_unit_test(a_clock_is_the_users_own),
		cmocka_unit_test(thousands_stand_apart),
		cmocka_unit_test(a_copied_text_is_in_base64),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
