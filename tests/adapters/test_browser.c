#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "adapters/system/browser.h"
#include "domain/base/memory.h"
#include "tests/fixtures/fake_program.h"
#include "tests/fixtures/program_fixture.h"

#define test(name)                                                                                 \
	cmocka_unit_test_setup_teardown(name, program_fixture_setup, program_fixture_teardown)

static enum status open_url(const struct browser *browser, const char *url, struct error *error)
{
	return browser_open(browser, &url, 1, error);
}

static void assert_log(const char *folder, const char *name, const char *expected)
{
	char *log = fake_program_log(folder, name);

	assert_string_equal(log, expected);
	free(log);
}

static void the_address_is_one_word_of_its_own(void **state)
{
	struct browser browser = {0};

	fake_program_make(*state, "fake", "");
	setenv("BROWSER", "fake", 1);
	assert_int_equal(
		open_url(&browser, "https://a.example/?a=1&b=$(id);c#d%20e", NULL), STATUS_OK);
	assert_log(*state, "fake", "<https://a.example/?a=1&b=$(id);c#d%20e>\n");
}

static void it_takes_its_place_in_the_command(void **state)
{
	struct browser browser = {0};

	fake_program_make(*state, "fake", "");
	setenv("BROWSER", "fake --new 'a b' x=%s -- ", 1);
	assert_int_equal(open_url(&browser, "https://a.example", NULL), STATUS_OK);
	assert_log(*state, "fake", "<--new>\n<a b>\n<x=https://a.example>\n<-->\n");
}

static void what_no_uri_may_hold_is_escaped(void **state)
{
	struct browser browser = {0};

	fake_program_make(*state, "fake", "");
	setenv("BROWSER", "fake", 1);
	assert_int_equal(open_url(&browser, "https://a.example/a b\"c'<d>`", NULL), STATUS_OK);
	assert_log(*state, "fake", "<https://a.example/a%20b%22c%27%3Cd%3E%60>\n");
}

static void the_next_of_the_list_is_taken_if_one_fails(void **state)
{
	struct browser browser = {0};

	fake_program_make(*state, "bad", "exit 3");
	fake_program_make(*state, "good", "");
	setenv("BROWSER", "nowhere-to-be-found::bad %s:good:never", 1);
	assert_int_equal(open_url(&browser, "https://a.example", NULL), STATUS_OK);
	assert_log(*state, "bad", "<https://a.example>\n");
	assert_log(*state, "good", "<https://a.example>\n");
}

static void a_failure_is_told(void **state)
{
	struct browser browser = {0};
	struct error error = {0};

	fake_program_make(*state, "bad", "exit 3");
	setenv("BROWSER", "bad", 1);
	assert_int_equal(open_url(&browser, "https://a.example", &error), STATUS_IO);
	assert_string_equal(error.text, "bad failed with exit code 3");
}

static void one_that_is_not_there_is_told(void **state)
{
	struct browser browser = {0};
	struct error error = {0};

	(void)state;
	program_fixture_skip_under_valgrind();
	setenv("BROWSER", "nowhere-to-be-found", 1);
	assert_int_equal(open_url(&browser, "https://a.example", &error), STATUS_NOT_FOUND);
}

static void dangerous_addresses_are_refused_all_at_once(void **state)
{
	static const char *const bad[] = {"javascript:alert(1)", "jAva\tscript:x",
		"data:text/html,x", "file:///etc/passwd", " file:///x", "-https://a.example",
		"--help", "vbscript:x", "https://a.example/\nx", "https://a.example/\x7f",
		"about:blank", "ssh://a", "a.example", ""};
	struct browser browser = {0};

	fake_program_make(*state, "fake", "");
	setenv("BROWSER", "fake", 1);
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		const char *urls[] = {"https://good.example", bad[i]};

		assert_int_equal(browser_open(&browser, urls, 2, NULL), STATUS_INVALID);
	}
	assert_log(*state, "fake", "");
}

static void other_schemes_open_where_they_are_allowed(void **state)
{
	const char *const schemes[] = {"mailto"};
	struct browser listed = {.schemes = schemes, .scheme_count = 1};
	struct browser any = {.any_scheme = true};

	fake_program_make(*state, "fake", "");
	setenv("BROWSER", "fake", 1);
	assert_int_equal(open_url(&listed, "MailTo:a@b.example", NULL), STATUS_OK);
	assert_int_equal(open_url(&listed, "ftp://a.example", NULL), STATUS_INVALID);
	assert_int_equal(open_url(&any, "ftp://a.example", NULL), STATUS_OK);
	assert_int_equal(open_url(&any, "-x:y", NULL), STATUS_INVALID);
	assert_log(*state, "fake", "<MailTo:a@b.example>\n<ftp://a.example>\n");
}

static void no_token_is_in_its_environment(void **state)
{
	struct browser browser = {0};
	char *seen, *script = memory_print("env >'%s/environment'", (char *)*state);

	fake_program_make(*state, "fake", script);
	setenv("BROWSER", "fake", 1);
	setenv("GH_TOKEN", "secret-1", 1);
	setenv("GITHUB_TOKEN", "secret-2", 1);
	assert_int_equal(open_url(&browser, "https://a.example", NULL), STATUS_OK);
	seen = fake_program_file(*state, "environment");
	assert_non_null(strstr(seen, "BROWSER=fake"));
	assert_null(strstr(seen, "secret-"));
	assert_string_equal(getenv("GH_TOKEN"), "secret-1");
	free(seen);
	free(script);
}

static void one_that_stays_open_is_left_alone(void **state)
{
	struct browser browser = {0};
	char *seen, *script = memory_print("cat >'%s/input'; exec sleep 4", (char *)*state);
	time_t start = time(NULL);

	fake_program_make(*state, "fake", script);
	setenv("BROWSER", "fake", 1);
	setenv("DISPLAY", ":7", 1);
	assert_int_equal(open_url(&browser, "https://a.example", NULL), STATUS_OK);
	assert_true(time(NULL) - start < 4);
	seen = fake_program_file(*state, "input");
	assert_string_equal(seen, "");
	free(seen);
	free(script);
}

static void a_text_browser_needs_the_terminal(void **state)
{
	struct browser browser = {0};

	fake_program_make(*state, "w3m", "");
	setenv("BROWSER", "w3m", 1);
	assert_int_equal(open_url(&browser, "https://a.example", NULL), STATUS_REFUSED);
	assert_log(*state, "w3m", "");
	browser.has_terminal = true;
	assert_int_equal(open_url(&browser, "https://a.example", NULL), STATUS_OK);
	assert_log(*state, "w3m", "<https://a.example>\n");
}

static void the_configured_command_comes_first(void **state)
{
	struct browser browser = {.command = "mine -n"};

	fake_program_make(*state, "mine", "");
	fake_program_make(*state, "fake", "");
	setenv("BROWSER", "fake", 1);
	assert_int_equal(open_url(&browser, "https://a.example", NULL), STATUS_OK);
	assert_log(*state, "mine", "<-n>\n<https://a.example>\n");
	assert_log(*state, "fake", "");
}

static void without_a_variable_the_desktop_is_asked(void **state)
{
	struct browser browser = {0};

	fake_program_make(*state, "xdg-open", "");
	assert_int_equal(open_url(&browser, "https://a.example", NULL), STATUS_OK);
	assert_log(*state, "xdg-open", "<https://a.example>\n");
	setenv("PATH", "/nowhere", 1);
	assert_int_equal(open_url(&browser, "https://a.example", NULL), STATUS_NOT_FOUND);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		test(the_address_is_one_word_of_its_own),
		test(it_takes_its_place_in_the_command),
		test(what_no_uri_may_hold_is_escaped),
		test(the_next_of_the_list_is_taken_if_one_fails),
		test(a_failure_is_told),
		test(one_that_is_not_there_is_told),
		test(dangerous_addresses_are_refused_all_at_once),
		test(other_schemes_open_where_they_are_allowed),
		test(no_token_is_in_its_environment),
		test(one_that_stays_open_is_left_alone),
		test(a_text_browser_needs_the_terminal),
		test(the_configured_command_comes_first),
		test(without_a_variable_the_desktop_is_asked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
