#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "adapters/sqlite/event_log.h"
#include "adapters/system/hooks.h"
#include "adapters/system/steady_clock.h"
#include "domain/base/memory.h"
#include "tests/fixtures/fake_program.h"
#include "tests/fixtures/patience.h"
#include "tests/fixtures/program_fixture.h"

#define test(name)                                                                                 \
	cmocka_unit_test_setup_teardown(name, program_fixture_setup, program_fixture_teardown)

/* A library beside its hooks, and what was said of them. */
struct house {
	const char *folder;
	char *path;
	struct library library;
	struct hooks *hooks;
	char said[2000];
};

static void note(void *self, const char *line)
{
	struct house *house = self;

	strcat(strcat(house->said, line), "\n");
}

static void house_open(struct house *house, const char *folder)
{
	struct library_options options = {0};

	house->folder = folder;
	house->path = memory_print("%s/library.db", folder);
	house->hooks = hooks_start(folder, house->path, false);
	assert_non_null(house->hooks);
	options.path = house->path;
	assert_int_equal(library_open(&house->library, &options, NULL), STATUS_OK);
	hooks_connect(house->hooks, &house->library, note, house);
}

static void house_close(struct house *house)
{
	hooks_free(house->hooks);
	library_close(&house->library);
	free(house->path);
	*house = (struct house){0};
}

static enum status house_add(struct house *house, const char *url, struct result *result)
{
	struct bookmark_draft draft = {.url = url};
	struct command command = {
		.type = ADD_BOOKMARKS,
		.as.add_bookmarks = {.drafts = &draft, .count = 1},
	};

	return bus_handle(house->library.bus, &command, result);
}

static enum status house_delete(struct house *house, int64_t id, struct result *result)
{
	struct command command = {.type = DELETE_BOOKMARKS, .as.delete_bookmarks = {&id, 1}};

	return bus_handle(house->library.bus, &command, result);
}

/* Waits until a file beside the hooks has so many lines, and gives it. */
static char *wait_for_lines(const char *folder, const char *name, size_t lines)
{
	int64_t until = steady_clock_ms() + PATIENCE_MS;

	for (;;) {
		char *text = fake_program_file(folder, name);
		size_t found = 0;

		for (const char *c = text; *c; c++)
			found += *c == '\n';
		if (found >= lines)
			return text;
		if (steady_clock_ms() > until)
			fail_msg("%s has %zu lines, not %zu: %s", name, found, lines, text);
		free(text);
		poll(NULL, 0, 20);
	}
}

static void make_hook(const char *folder, const char *name)
{
	char *script = memory_print("cat >>'%s/%s.heard'", folder, name);

	fake_program_make(folder, name, script);
	free(script);
}

static void the_program_named_for_the_event_gets_it_as_json(void **state)
{
	struct house house = {0};
	char *heard, *any;

	make_hook(*state, "bookmarks_deleted");
	make_hook(*state, "any");
	house_open(&house, *state);
	assert_int_equal(house_add(&house, "a.org", NULL), STATUS_OK);
	assert_int_equal(house_delete(&house, 1, NULL), STATUS_OK);
	house_close(&house);
	heard = wait_for_lines(*state, "bookmarks_deleted.heard", 1);
	assert_non_null(strstr(heard, "\"event\": \"bookmarks_deleted\", \"change\": 2, "));
	assert_non_null(strstr(heard, "\"urls\": [\"https://a.org\"]}\n"));
	any = wait_for_lines(*state, "any.heard", 2);
	assert_true(strstr(any, "bookmarks_added") < strstr(any, "bookmarks_deleted"));
	free(any);
	free(heard);
}

static void without_a_folder_there_are_no_hooks(void **state)
{
	char *folder = memory_print("%s/nowhere", (char *)*state);

	assert_null(hooks_start(folder, NULL, true));
	assert_null(hooks_start(NULL, NULL, true));
	hooks_free(NULL);
	free(folder);
}

static void a_new_hook_hears_nothing_of_what_was_before_it(void **state)
{
	struct house house = {0};
	char *heard;

	house_open(&house, *state);
	house_add(&house, "before.org", NULL);
	house_close(&house);
	make_hook(*state, "any");
	house_open(&house, *state);
	house_add(&house, "after.org", NULL);
	house_close(&house);
	heard = wait_for_lines(*state, "any.heard", 1);
	assert_non_null(strstr(heard, "{\"id\": 2, "));
	free(heard);
}

static void what_others_can_write_is_not_run_and_refuses(void **state)
{
	struct house house = {0};
	struct result result = {0};
	char *any = memory_print("%s/any", (char *)*state);
	char *before = memory_print("%s/pre-delete_bookmarks", (char *)*state);

	make_hook(*state, "any");
	make_hook(*state, "pre-delete_bookmarks");
	chmod(any, 0720);
	chmod(before, 0702);
	house_open(&house, *state);
	assert_non_null(strstr(house.said, "hook any: not run, as others can write to it"));
	house_add(&house, "a.org", NULL);
	assert_int_equal(house_delete(&house, 1, &result), STATUS_REFUSED);
	assert_non_null(strstr(result.error.text, "others can write to it"));
	result_finish(&result);
	chmod(before, 0600);
	assert_int_equal(house_delete(&house, 1, NULL), STATUS_OK);
	house_close(&house);
	free(before);
	free(any);
}

static void a_hook_before_a_command_hears_it_and_refuses_with_its_reason(void **state)
{
	struct house house = {0};
	struct result result = {0};
	char *heard;

	fake_program_make(*state, "pre-delete_bookmarks",
		"cat >\"$0.heard\"; echo unheard; printf 'not \\033[31mnow\\nmore' >&2; exit 7");
	house_open(&house, *state);
	house_add(&house, "a.org", NULL);
	assert_int_equal(house_delete(&house, 1, &result), STATUS_REFUSED);
	assert_string_equal(result.error.text, "not \033[31mnow");
	heard = wait_for_lines(*state, "pre-delete_bookmarks.heard", 1);
	assert_string_equal(heard, "{\"command\": \"delete_bookmarks\", \"ids\": [1]}\n");
	free(heard);
	result_finish(&result);
	house_close(&house);
}

static void one_that_fails_once_hears_the_same_again_and_the_rest_in_order(void **state)
{
	struct house house = {0};
	char *heard, *second;

	fake_program_make(*state, "any",
		"cat >>\"$0.heard\"; [ -e \"$0.failed\" ] || { : >\"$0.failed\"; exit 1; }");
	house_open(&house, *state);
	house_add(&house, "a.org", NULL);
	house_add(&house, "b.org", NULL);
	house_close(&house);
	heard = wait_for_lines(*state, "any.heard", 3);
	second = strchr(heard, '\n') + 1;
	assert_memory_equal(heard, "{\"id\": 1, ", 10);
	assert_memory_equal(second, "{\"id\": 1, ", 10);
	assert_memory_equal(strchr(second, '\n') + 1, "{\"id\": 2, ", 10);
	free(heard);
}

static bool keep_subject(void *self, const struct event *event)
{
	if (event->type == HOOK_PASSED_OVER)
		error_set(self, "%s", event->subject);
	return true;
}

static void one_that_goes_on_failing_is_passed_over_and_the_log_says_so(void **state)
{
	struct house house = {0};
	struct error said = {0};
	int64_t until = steady_clock_ms() + PATIENCE_MS;

	fake_program_make(*state, "bookmarks_added", "echo 'no luck'; exit 3");
	house_open(&house, *state);
	house_add(&house, "a.org", NULL);
	while (!*said.text && steady_clock_ms() < until) {
		struct catalogue *catalogue = house.library.catalogue;

		poll(NULL, 0, 50);
		catalogue->each_event(catalogue, 0, keep_subject, &said, NULL);
	}
	assert_string_equal(said.text, "bookmarks_added: event 1: exit code 3: no luck");
	house_close(&house);
}

static void many_events_are_told_one_after_another(void **state)
{
	struct house house = {0};
	char *heard;
	const char *line;

	make_hook(*state, "any");
	house_open(&house, *state);
	for (int i = 0; i < 30; i++) {
		char *url = memory_print("%d.example", i);

		house_add(&house, url, NULL);
		free(url);
	}
	house_close(&house);
	line = heard = wait_for_lines(*state, "any.heard", 30);
	for (int i = 1; i <= 30; i++, line = strchr(line, '\n') + 1)
		assert_int_equal(strtol(line + strlen("{\"id\": "), NULL, 10), i);
	free(heard);
}

static void a_hook_sees_no_token(void **state)
{
	struct house house = {0};
	char *seen;

	setenv("GH_TOKEN", "not-for-hooks", 1);
	fake_program_make(*state, "any", "env >\"$0.environment\"; echo >>\"$0.end\"");
	house_open(&house, *state);
	house_add(&house, "a.org", NULL);
	house_close(&house);
	free(wait_for_lines(*state, "any.end", 1));
	seen = fake_program_file(*state, "any.environment");
	assert_non_null(strstr(seen, "PATH="));
	assert_null(strstr(seen, "not-for-hooks"));
	free(seen);
}

static void the_folder_is_beside_the_configuration(void **state)
{
	char *folder = hooks_folder("/home/me/.config/barky/config");

	(void)state;
	assert_string_equal(folder, "/home/me/.config/barky/hooks");
	free(folder);
	assert_null(hooks_folder(NULL));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		test(the_program_named_for_the_event_gets_it_as_json),
		test(without_a_folder_there_are_no_hooks),
		test(a_new_hook_hears_nothing_of_what_was_before_it),
		test(what_others_can_write_is_not_run_and_refuses),
		test(a_hook_before_a_command_hears_it_and_refuses_with_its_reason),
		test(one_that_fails_once_hears_the_same_again_and_the_rest_in_order),
		test(one_that_goes_on_failing_is_passed_over_and_the_log_says_so),
		test(many_events_are_told_one_after_another),
		test(a_hook_sees_no_token),
		test(the_folder_is_beside_the_configuration),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
