#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <utf8proc.h>

#include "domain/base/memory.h"
#include "domain/base/text.h"
#include "tests/fakes/wild_text.h"

static void assert_folds(const char *text, const char *expected)
{
	size_t length;
	char *folded = text_fold(text, strlen(text), &length);

	assert_string_equal(folded, expected);
	assert_int_equal(length, strlen(expected));
	free(folded);
}

static void folding_forgets_case_accents_and_width(void **state)
{
	(void)state;
	assert_folds("Hello World", "hello world");
	assert_folds("Ångström", "angstrom");
	assert_folds("A\xcc\x8angstro\xcc\x88m", "angstrom");
	assert_folds("ﬁ", "fi");
	assert_folds("ＡＢＣ", "abc");
	assert_folds("Straße STRASSE ẞ", "strasse strasse ss");
	assert_folds("ΟΔΟΣ οδος οδοσ", "οδοσ οδοσ οδοσ");
	assert_folds("İstanbul ISTANBUL", "istanbul istanbul");
	assert_folds("ı", "i");
	assert_folds("ᾳ α\xcd\x85", "αι αι");
	assert_folds("\xcc\x88", "");
	assert_folds("", "");
	assert_folds("½ ① ㎯", "1⁄2 1 rad∕s2");
}

static void folding_keeps_bytes_below_a_blank_out_and_tells_them_apart(void **state)
{
	size_t length;
	char *folded = text_fold("a\0\x1f\n\xff", 5, &length);

	(void)state;
	assert_string_equal(folded, "a\uFDD0\uFDEF\uFDDA\uFFFD");
	assert_int_equal(length, 13);
	free(folded);
}

static void folding_twice_is_folding_once(void **state)
{
	(void)state;
	for (int32_t point = 1; point < 0x110000; point++) {
		char text[8] = {0};
		size_t length;
		size_t again;
		char *once;
		char *twice;

		if (point >= 0xd800 && point < 0xe000)
			continue;
		length = (size_t)utf8proc_encode_char(point, (uint8_t *)text);
		once = text_fold(text, length, &length);
		twice = text_fold(once, length, &again);
		if (length != again || memcmp(once, twice, length) != 0)
			fail_msg("U+%04X folds to %s and then to %s", (unsigned)point, once, twice);
		free(once);
		free(twice);
	}
}

static void folded_bytes_know_where_they_come_from(void **state)
{
	const char *text = "xße\xcc\x81Z";
	const size_t expected[] = {0, 1, 1, 3, 6, 7};
	size_t *origins;
	size_t length;
	char *folded = text_fold_origins(text, strlen(text), &length, &origins);

	(void)state;
	assert_string_equal(folded, "xssez");
	assert_memory_equal(origins, expected, sizeof(expected));
	free(folded);
	free(origins);
}

static void ascii_folds_where_it_stands(void **state)
{
	size_t *origins;
	size_t length;
	char *folded = text_fold_origins("Web\x7f ~Z", 7, &length, &origins);

	(void)state;
	assert_string_equal(folded, "web\x7f ~z");
	assert_int_equal(length, 7);
	assert_null(origins);
	free(folded);
}

static void each_character_folds_by_itself_and_is_found_back(void **state)
{
	unsigned seed = 3;

	(void)state;
	for (int round = 0; round < 5000; round++) {
		char text[WILD_TEXT];
		size_t length, step, part, to = 0, *origins;
		wild_text_make(&seed, text);
		char *folded = text_fold_origins(text, strlen(text), &length, &origins);

		for (size_t at = 0; text[at]; at += step) {
			int32_t point;
			utf8proc_ssize_t whole = utf8proc_iterate((uint8_t *)text + at, -1, &point);
			step = whole > 0 ? (size_t)whole : 1;
			char *alone = text_fold(text + at, step, &part);
			assert_memory_equal(folded + to, alone, part);
			for (size_t end = to + part; to < end; to++)
				assert_int_equal(origins ? origins[to] : to, at);
			free(alone);
		}
		assert_int_equal(to, length);
		assert_int_equal(origins ? origins[to] : to, strlen(text));
		free(origins);
		free(folded);
	}
}

static void tags_fold_their_case_only(void **state)
{
	char *folded = text_fold_case("CAF\x45\xcc\x81 Ｃ++");

	(void)state;
	assert_string_equal(folded, "café ｃ++");
	free(folded);
}

static void bytes_that_are_not_utf8_are_replaced_one_by_one(void **state)
{
	static const struct {
		const char *bytes;
		size_t length;
		const char *expected;
	} cases[] = {
		{"ok é", 5, "ok é"},
		{"a\xff\xfe!", 4, "a\uFFFD\uFFFD!"},
		{"\xc0\xaf", 2, "\uFFFD\uFFFD"},
		{"\xed\xa0\x80", 3, "\uFFFD\uFFFD\uFFFD"},
		{"\xe2\x82", 2, "\uFFFD\uFFFD"},
		{"a\0b", 3,
			"a\uFFFD"
			"b"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		char *valid = text_valid(cases[i].bytes, cases[i].length);

		assert_string_equal(valid, cases[i].expected);
		assert_true(text_is_valid(valid, strlen(valid)));
		assert_int_equal(text_is_valid(cases[i].bytes, cases[i].length), i == 0);
		free(valid);
	}
}

static void trimming_drops_every_kind_of_blank_at_the_ends_only(void **state)
{
	char text[] = " \t\u3000\u00A0a \u2003 b\r\n\u2028";
	char blank[] = " \n\u3000";
	char nothing[] = "";

	(void)state;
	assert_string_equal(text_trim(text), "a \u2003 b");
	assert_string_equal(text_trim(blank), "");
	assert_string_equal(text_trim(nothing), "");
}

static void assert_prints(const char *text, const char *expected)
{
	char *printable = text_printable(text);

	assert_string_equal(printable, expected);
	free(printable);
}

static void what_could_steer_a_terminal_is_made_visible(void **state)
{
	(void)state;
	assert_prints("plain", "plain");
	assert_prints("\x1b[31mred\x07\x7f", "^[[31mred^G^?");
	assert_prints("one\ntwo\tthree\r", "one two three ");
	assert_prints("\xc2\x9b"
		      "31m\xc2\x85",
		"<9B>31m<85>");
	assert_prints("a\xe2\x80\xae"
		      "b\xd8\x9c\xe2\x81\xa9",
		"a<202E>b<061C><2069>");
	assert_prints("\xe2\x80\xa8\xe2\x80\xa9\xe2\x80\x8f", "<2028><2029><200F>");
	assert_prints("bad \x9b\xff", "bad \uFFFD\uFFFD");
	assert_prints("naïve 数据库 🚀", "naïve 数据库 🚀");
}

static void letters_and_digits_of_every_script_are_known(void **state)
{
	(void)state;
	assert_int_equal(text_letter_or_digit("a b"), 1);
	assert_int_equal(text_letter_or_digit("ß"), 2);
	assert_int_equal(text_letter_or_digit("漢"), 3);
	assert_int_equal(text_letter_or_digit("٣"), 2);
	assert_int_equal(text_letter_or_digit("_"), 0);
	assert_int_equal(text_letter_or_digit("½"), 0);
	assert_int_equal(text_letter_or_digit("\xff"), 0);
	assert_int_equal(text_letter_or_digit(""), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(folding_forgets_case_accents_and_width),
		cmocka_unit_test(folding_keeps_bytes_below_a_blank_out_and_tells_them_apart),
		cmocka_unit_test(folding_twice_is_folding_once),
		cmocka_unit_test(folded_bytes_know_where_they_come_from),
		cmocka_unit_test(ascii_folds_where_it_stands),
		cmocka_unit_test(each_character_folds_by_itself_and_is_found_back),
		cmocka_unit_test(tags_fold_their_case_only),
		cmocka_unit_test(bytes_that_are_not_utf8_are_replaced_one_by_one),
		cmocka_unit_test(trimming_drops_every_kind_of_blank_at_the_ends_only),
		cmocka_unit_test(letters_and_digits_of_every_script_are_known),
		cmocka_unit_test(what_could_steer_a_terminal_is_made_visible),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
