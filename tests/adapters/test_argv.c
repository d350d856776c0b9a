#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "adapters/system/argv.h"
#include "domain/base/memory.h"

static void assert_words(const char *line, const char *expected)
{
	struct argv words = {0};
	char *joined = memory_copy_string("");

	assert_int_equal(argv_split(&words, line, NULL), STATUS_OK);
	for (size_t i = 0; i < words.count; i++) {
		char *longer = memory_print("%s[%s]", joined, words.items[i]);

		free(joined);
		joined = longer;
	}
	assert_string_equal(joined, expected);
	if (words.count)
		assert_null(words.items[words.count]);
	argv_finish(&words);
	free(joined);
}

static void words_are_split_at_blanks(void **state)
{
	(void)state;
	assert_words("", "");
	assert_words(" \t ", "");
	assert_words("firefox", "[firefox]");
	assert_words("  code   --wait\t", "[code][--wait]");
}

static void quotes_and_backslashes_keep_blanks(void **state)
{
	(void)state;
	assert_words("'/opt/my app/run' -x", "[/opt/my app/run][-x]");
	assert_words("\"a \\\"b\\\" \\n\"", "[a \"b\" \\n]");
	assert_words("a\\ b", "[a b]");
	assert_words("''", "[]");
	assert_words("a'b'\"c\"d", "[abcd]");
	assert_words("'\\'", "[\\]");
}

static void nothing_else_means_anything(void **state)
{
	(void)state;
	assert_words("$(touch /x) `id` $HOME ~ * ; | > & #", "[$(touch][/x)][`id`][$HOME][~][*][;]"
							     "[|][>][&][#]");
}

static void what_is_left_open_is_refused(void **state)
{
	static const char *const lines[] = {"'a", "\"a", "a\\", "\"a\\\""};

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		struct argv words = {0};
		struct error error = {0};

		assert_int_equal(argv_split(&words, lines[i], &error), STATUS_INVALID);
		assert_non_null(strstr(error.text, lines[i]));
		argv_finish(&words);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_are_split_at_blanks),
		cmocka_unit_test(quotes_and_backslashes_keep_blanks),
		cmocka_unit_test(nothing_else_means_anything),
		cmocka_unit_test(what_is_left_open_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
