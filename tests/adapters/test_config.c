#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "adapters/system/config.h"
#include "domain/base/memory.h"
#include "tests/fixtures/fake_program.h"
#include "tests/fixtures/program_fixture.h"
#include "tests/fixtures/temporary_folder.h"

#define test(name)                                                                                 \
	cmocka_unit_test_setup_teardown(name, program_fixture_setup, program_fixture_teardown)

static void read_text(struct config *config, const char *folder, const char *text)
{
	char *path = temporary_folder_file(folder, "config");

	fake_program_write(folder, "config", text, 0600);
	config_read(config, path, true);
	free(path);
}

static void assert_warning(const struct config *config, size_t place, const char *words)
{
	assert_true(place < config->warning_count);
	if (!strstr(config->warnings[place], words))
		fail_msg("\"%s\" lacks \"%s\"", config->warnings[place], words);
}

static void without_a_file_everything_has_its_default(void **state)
{
	struct config config;
	char *path = temporary_folder_file(*state, "nothing");

	config_read(&config, path, false);
	assert_null(config.browser);
	assert_null(config.token_command);
	assert_int_equal(config.color, CONFIG_COLOR_AUTO);
	assert_false(config.mouse);
	assert_true(config.preview);
	assert_true(config.hooks);
	assert_int_equal(config.warning_count, 0);
	config_finish(&config);
	config_read(&config, path, true);
	assert_warning(&config, 0, "nothing:0: cannot be read: No such file");
	config_finish(&config);
	config_read(&config, NULL, false);
	config_finish(&config);
	free(path);
}

static void every_setting_is_read(void **state)
{
	struct config config;

	read_text(&config, *state,
		"\xef\xbb\xbf# a comment\n"
		"browser = firefox --new-tab %s\n"
		"schemes = MAILTO, ftp:\n"
		"token_command=gh auth token\n"
		"token_file = /home/me/.token ; with a comment\n"
		"ca_file = /etc/ca.pem\n"
		"color = never\n"
		"theme = dark\n"
		"mouse = on\n"
		"preview = off\n"
		"window_title = yes\n"
		"hooks = no\n"
		"\n"
		"[keys]\n"
		"open = o Enter\n"
		"delete =\n");
	assert_int_equal(config.warning_count, 0);
	assert_string_equal(config.browser, "firefox --new-tab %s");
	assert_int_equal(config.scheme_count, 2);
	assert_string_equal(config.schemes[0], "mailto");
	assert_string_equal(config.schemes[1], "ftp");
	assert_string_equal(config.token_command, "gh auth token");
	assert_string_equal(config.token_file, "/home/me/.token");
	assert_string_equal(config.ca_file, "/etc/ca.pem");
	assert_int_equal(config.color, CONFIG_COLOR_NEVER);
	assert_string_equal(config.theme, "dark");
	assert_true(config.mouse);
	assert_false(config.preview);
	assert_true(config.window_title);
	assert_false(config.hooks);
	assert_int_equal(config.binding_count, 2);
	assert_string_equal(config.bindings[0].action, "open");
	assert_string_equal(config.bindings[0].keys, "o Enter");
	assert_int_equal(config.bindings[0].line, 15);
	assert_string_equal(config.bindings[1].keys, "");
	config_finish(&config);
}

static void a_mistake_is_told_with_its_line_and_the_rest_counts(void **state)
{
	struct config config;

	read_text(&config, *state,
		"colour = never\n"
		"mouse = maybe\n"
		"# fine\n"
		"color = pink\n"
		"this is no setting\n"
		"schemes = mail to!\n"
		"browser =\n"
		"[colors]\n"
		"red = blue\n"
		"[keys\n"
		"[keys]\n"
		"quit = q\n");
	assert_int_equal(config.warning_count, 8);
	assert_warning(&config, 0, "/config:1: there is no setting named colour");
	assert_warning(&config, 1, "/config:2: mouse has to be on or off");
	assert_warning(&config, 2, "/config:4: color has to be auto, always or never");
	assert_warning(&config, 3, "/config:5: neither \"name = value\" nor");
	assert_warning(&config, 4, "/config:6: schemes has to be a list");
	assert_warning(&config, 5, "/config:7: browser is empty");
	assert_warning(&config, 6, "/config:9: there is no section [colors]");
	assert_warning(&config, 7, "/config:10: neither");
	assert_int_equal(config.binding_count, 1);
	assert_false(config.mouse);
	config_finish(&config);
}

static void a_line_that_is_too_long_is_passed_over(void **state)
{
	struct config config;
	char *text = memory_array(6000, 1);

	memset(text, 'x', 5000);
	memcpy(text, "browser = ", 10);
	strcpy(text + 5000, "\nmouse = on\n");
	read_text(&config, *state, text);
	assert_int_equal(config.warning_count, 1);
	assert_warning(&config, 0, "/config:1: the line is longer than");
	assert_null(config.browser);
	assert_true(config.mouse);
	config_finish(&config);
	free(text);
}

static void others_can_judge_a_line_too(void **state)
{
	struct config config;

	read_text(&config, *state, "[keys]\nopen = ZZZ\n");
	config_warn(&config, config.bindings[0].line, "there is no key named %s", "ZZZ");
	assert_warning(&config, 0, "/config:2: there is no key named ZZZ");
	config_finish(&config);
}

static void random_bytes_are_no_danger(void **state)
{
	unsigned seed = 1;

	for (int round = 0; round < 200; round++) {
		struct config config;
		char text[300];

		for (size_t i = 0; i < sizeof(text) - 1; i++) {
			seed = seed * 1103515245 + 12345;
			text[i] = "[]=:;# \tabk\n\r\xff\xc3 on"[(seed >> 16) % 19];
		}
		text[sizeof(text) - 1] = '\0';
		read_text(&config, *state, text);
		config_finish(&config);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		test(without_a_file_everything_has_its_default),
		test(every_setting_is_read),
		test(a_mistake_is_told_with_its_line_and_the_rest_counts),
		test(a_line_that_is_too_long_is_passed_over),
		test(others_can_judge_a_line_too),
		test(random_bytes_are_no_danger),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
