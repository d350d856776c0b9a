#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "tui/prompt_words.h"

static void words_are_held_together_by_quotes_and_backslashes(void **state)
{
	struct prompt_words words = {0};

	(void)state;
	prompt_words_split(&words, "  a\\ b 'c d'  \"e\"f ");
	assert_int_equal(words.count, 3);
	assert_string_equal(words.words[0], "a b");
	assert_string_equal(words.words[1], "c d");
	assert_string_equal(words.words[2], "ef");
	assert_null(words.words[3]);
	prompt_words_finish(&words);
}

static void the_last_word_is_found_and_read(void **state)
{
	static const struct {
		const char *line;
		size_t begin;
		const char *word;
	} cases[] = {
		{"", 0, ""},
		{"import", 0, "import"},
		{"import ", 7, ""},
		{"import a b", 9, "b"},
		{"import a\\ b", 7, "a b"},
		{"import 'a b", 7, "a b"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char *word;

		assert_int_equal(prompt_words_last(cases[i].line, &word), cases[i].begin);
		assert_string_equal(word, cases[i].word);
		free(word);
	}
}

static void what_is_escaped_is_read_as_it_was(void **state)
{
	static const char *const names[] = {"plain", "My files", "it's \"odd\"", "back\\slash", ""};

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		char *escaped = prompt_words_escape(names[i]), *word;

		assert_int_equal(prompt_words_last(escaped, &word), 0);
		assert_string_equal(word, names[i]);
		free(escaped);
		free(word);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_are_held_together_by_quotes_and_backslashes),
		cmocka_unit_test(the_last_word_is_found_and_read),
		cmocka_unit_test(what_is_escaped_is_read_as_it_was),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
