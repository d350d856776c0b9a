#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "adapters/system/user_command.h"

static void assert_refused(const char *text, const char *words)
{
	struct user_command command;
	struct error error = {""};

	assert_int_equal(user_command_read(&command, text, &error), STATUS_INVALID);
	if (!strstr(error.text, words))
		fail_msg("\"%s\" lacks \"%s\"", error.text, words);
	user_command_finish(&command);
}

static void assert_read(const char *text, size_t count, bool background, bool input)
{
	struct user_command command;
	struct error error = {""};

	assert_int_equal(user_command_read(&command, text, &error), STATUS_OK);
	assert_int_equal(command.words.count, count);
	assert_int_equal(command.background, background);
	assert_int_equal(command.input, input);
	user_command_finish(&command);
}

static void marks_say_how_it_is_started(void **state)
{
	(void)state;
	assert_read("mpv {url}", 2, false, false);
	assert_read("& notify-send -- '{title} x'", 3, true, false);
	assert_read("jq .", 2, false, true);
	assert_read("&|tool {id}", 2, true, true);
	assert_read("| & tool --id={id} a\\ b", 3, true, true);
	assert_read("tool {} {1} {not closed", 5, false, true);
}

static void what_is_no_command_says_why(void **state)
{
	(void)state;
	assert_refused("", "no program");
	assert_refused(" & ", "no program");
	assert_refused("tool 'open", "quote");
	assert_refused("tool {nothing}", "no field {nothing}");
}

static void a_field_in_a_shells_text_is_refused(void **state)
{
	(void)state;
	assert_refused("sh -c 'echo {title}'", "sh -c 'echo \"$1\"' sh {title}");
	assert_refused("/usr/bin/env bash -ec 'echo {url}'", "a shell would run");
	assert_refused("sh -c {title}", "a shell would run");
	assert_read("sh -c 'echo \"$1\"' sh {title}", 5, false, false);
	assert_read("gcc -c {url}", 3, false, false);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(marks_say_how_it_is_started),
		cmocka_unit_test(what_is_no_command_says_why),
		cmocka_unit_test(a_field_in_a_shells_text_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
