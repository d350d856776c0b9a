#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "adapters/system/desktop.h"
#include "domain/base/memory.h"
#include "tests/fixtures/fake_program.h"
#include "tests/fixtures/program_fixture.h"

#define test(name)                                                                                 \
	cmocka_unit_test_setup_teardown(name, program_fixture_setup, program_fixture_teardown)

static void make_helper(const char *folder, const char *name)
{
	char *script = memory_print("cat >'%s/%s.input'", folder, name);

	fake_program_make(folder, name, script);
	free(script);
}

static void assert_file(const char *folder, const char *name, const char *expected)
{
	char *text = fake_program_file(folder, name);

	assert_string_equal(text, expected);
	free(text);
}

static void the_text_is_the_helpers_input(void **state)
{
	make_helper(*state, "xclip");
	make_helper(*state, "wl-copy");
	setenv("DISPLAY", ":7", 1);
	assert_int_equal(clipboard_copy("https://a.example/ü?$(id)", NULL), STATUS_OK);
	assert_file(*state, "xclip.input", "https://a.example/ü?$(id)");
	assert_file(*state, "xclip.log", "<-selection>\n<clipboard>\n");
	assert_file(*state, "wl-copy.input", "");

	setenv("WAYLAND_DISPLAY", "wayland-0", 1);
	assert_int_equal(clipboard_copy("w", NULL), STATUS_OK);
	assert_file(*state, "wl-copy.input", "w");
}

static void nothing_in_it_can_press_enter(void **state)
{
	make_helper(*state, "xsel");
	setenv("DISPLAY", ":7", 1);
	assert_int_equal(clipboard_copy("rm -rf\n\r\x1b[A\t~", NULL), STATUS_OK);
	assert_file(*state, "xsel.input", "rm -rf[A~");
}

static void without_a_helper_it_says_so(void **state)
{
	struct error error = {0};

	make_helper(*state, "xclip");
	assert_int_equal(clipboard_copy("x", &error), STATUS_NOT_FOUND);
	assert_non_null(strstr(error.text, "no clipboard helper"));
}

static void a_helper_that_fails_or_reads_nothing_ends_nothing(void **state)
{
	struct error error = {0};

	fake_program_make(*state, "pbcopy", "exit 9");
	assert_int_equal(clipboard_copy("x", &error), STATUS_IO);
	assert_string_equal(error.text, "pbcopy failed with exit code 9");
	fake_program_make(*state, "pbcopy", "exec <&-; exit 0");
	assert_int_equal(clipboard_copy("x", &error), STATUS_OK);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		test(the_text_is_the_helpers_input),
		test(nothing_in_it_can_press_enter),
		test(without_a_helper_it_says_so),
		test(a_helper_that_fails_or_reads_nothing_ends_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
