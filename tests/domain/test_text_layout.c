#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <utf8proc.h>

#include "domain/base/text.h"
#include "tests/fakes/wild_text.h"

static void assert_shows(const char *text, const char *expected, size_t width)
{
	char *shown = text_displayable(text);

	assert_string_equal(shown, expected);
	assert_int_equal(text_width(shown), width);
	free(shown);
}

static void what_terminals_measure_differently_is_left_out(void **state)
{
	(void)state;
	assert_shows("plain", "plain", 5);
	assert_shows("cafe\xcc\x81", "café", 4);
	assert_shows("数据库", "数据库", 6);
	assert_shows("❤\xef\xb8\x8f!", "❤!", 2);
	assert_shows("👨\u200d👩\u200d👧x", "👨x", 3);
	assert_shows("👍🏽", "👍", 2);
	assert_shows("a\u200b\u200d\ufeff"
		     "b\u3164",
		"ab", 2);
	assert_shows("\xcc\x81"
		     "a",
		"a", 1);
	assert_shows("\U00050005", "\uFFFD", 1); /* in no Unicode yet, whatever glibc's is */
	assert_shows("\x1b[0m", "^[[0m", 5);
	assert_shows(
		"a\xcc\x82\xcc\x82\xcc\x82\xcc\x82\xcc\x82\xcc\x82\xcc\x82\xcc\x82\xcc\x82\xcc\x82",
		"â\xcc\x82\xcc\x82\xcc\x82\xcc\x82\xcc\x82\xcc\x82\xcc\x82\xcc\x82", 1);
}

static void what_is_displayable_stays_as_it_is(void **state)
{
	unsigned seed = 11;

	(void)state;
	assert_shows("e\u200b\xcc\x81", "é", 1);
	for (int round = 0; round < 20000; round++) {
		char text[WILD_TEXT];
		wild_text_make(&seed, text);
		char *once = text_displayable(text);
		char *twice = text_displayable(once);
		char *composed = (char *)utf8proc_NFC((const uint8_t *)once);

		assert_string_equal(once, twice);
		assert_string_equal(once, composed);
		free(composed);
		free(once);
		free(twice);
	}
}

static void a_letter_is_shown_alike_however_it_is_written(void **state)
{
	(void)state;
	for (int32_t point = 0xa0; point < 0x30000; point++) {
		char text[8] = {0};
		if (point >= 0xd800 && point < 0xe000)
			continue;
		utf8proc_encode_char(point, (uint8_t *)text);
		char *apart = (char *)utf8proc_NFD((const uint8_t *)text);
		char *shown = text_displayable(text);
		char *shown_apart = text_displayable(apart);

		if (strcmp(apart, text) != 0 && strcmp(shown, shown_apart) != 0)
			fail_msg("U+%04X is shown as %s and as %s", (unsigned)point, shown,
				shown_apart);
		free(apart);
		free(shown);
		free(shown_apart);
	}
}

static void columns_do_not_depend_on_the_locale(void **state)
{
	(void)state;
	assert_non_null(setlocale(LC_CTYPE, "C.UTF-8"));
	what_terminals_measure_differently_is_left_out(NULL);
	assert_non_null(setlocale(LC_CTYPE, "C"));
	what_terminals_measure_differently_is_left_out(NULL);
	assert_non_null(setlocale(LC_CTYPE, "C.UTF-8"));
}

static void a_cut_falls_between_clusters(void **state)
{
	(void)state;
	assert_int_equal(text_fit("hello", 3), 3);
	assert_int_equal(text_fit("hello", 9), 5);
	assert_int_equal(text_fit("数据库", 3), 3);
	assert_int_equal(text_fit("数据库", 4), 6);
	assert_int_equal(text_fit("q\xcc\x81q", 1), 3);
	assert_int_equal(text_fit("", 5), 0);
	assert_int_equal(text_fit("é", 0), 0);
}

static void clusters_are_found_both_ways(void **state)
{
	const char *text = "aq\xcc\x81🇯🇵🇩🇪";

	(void)state;
	assert_int_equal(text_cluster(text), 1);
	assert_int_equal(text_cluster(text + 1), 3);
	assert_int_equal(text_cluster(text + 4), 8);
	assert_int_equal(text_cluster(""), 0);
	assert_int_equal(text_cluster_before(text, strlen(text)), 8);
	assert_int_equal(text_cluster_before(text, 4), 3);
	assert_int_equal(text_cluster_before(text, 1), 1);
	assert_int_equal(text_cluster_before(text, 0), 0);
}

/* Whatever the bytes: valid, no control, nothing unmeasured. */
static void random_bytes_are_always_shown_harmlessly(void **state)
{
	unsigned seed = 7;

	(void)state;
	for (int round = 0; round < 20000; round++) {
		char bytes[24] = {0};
		char *shown;
		int32_t point;

		for (size_t i = 0; i + 1 < sizeof(bytes); i++)
			bytes[i] = (char)((seed = seed * 1103515245u + 12345u) >> 16);
		shown = text_displayable(bytes);
		assert_true(text_is_valid(shown, strlen(shown)));
		for (const char *at = shown; *at; at += utf8proc_utf8class[(uint8_t)*at]) {
			assert_true(utf8proc_iterate((const uint8_t *)at, -1, &point) > 0);
			assert_true(point >= 0x20 && !(point >= 0x7f && point < 0xa0));
			assert_false(point >= 0x2028 && point <= 0x202e);
		}
		assert_true(text_fit(shown, 1000) == strlen(shown));
		free(shown);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_terminals_measure_differently_is_left_out),
		cmocka_unit_test(what_is_displayable_stays_as_it_is),
		cmocka_unit_test(a_letter_is_shown_alike_however_it_is_written),
		cmocka_unit_test(columns_do_not_depend_on_the_locale),
		cmocka_unit_test(a_cut_falls_between_clusters),
		cmocka_unit_test(clusters_are_found_both_ways),
		cmocka_unit_test(random_bytes_are_always_shown_harmlessly),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
