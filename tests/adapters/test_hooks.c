#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include <cmocka.h>

#include "adapters/system/hooks.h"
#include "domain/base/memory.h"
#include "tests/fixtures/fake_program.h"
#include "tests/fixtures/program_fixture.h"

#define test(name)                                                                                 \
	cmocka_unit_test_setup_teardown(name, program_fixture_setup, program_fixture_teardown)

struct said {
	char text[2000];
};

static void note(void *self, const char *line)
{
	struct said *said = self;

	strcat(strcat(said->text, line), "\n");
}

/* Tells one event to the hooks in a folder, and waits for them. */
static void tell(const char *folder, enum event_type type, struct said *said)
{
	static const int64_t ids[] = {12, 13};
	struct event event = {
		.type = type,
		.id = 7,
		.at = 0,
		.command = DELETE_BOOKMARKS,
		.change = 3,
		.bookmarks = ids,
		.count = 2,
		.subject = "a \"b\"\n",
	};
	struct signal_args args = {.sender = type, .event = &event};
	struct signals signals = {0};
	struct hooks *hooks = hooks_new(folder, note, said);

	assert_non_null(hooks);
	hooks_connect(hooks, &signals);
	signal_send(&signals.event_happened, &args);
	hooks_free(hooks);
	signals_finish(&signals);
}

static void make_hook(const char *folder, const char *name)
{
	char *script = memory_print("cat >>'%s/%s.input'", folder, name);

	fake_program_make(folder, name, script);
	free(script);
}

static void assert_file(const char *folder, const char *name, const char *expected)
{
	char *text = fake_program_file(folder, name);

	assert_string_equal(text, expected);
	free(text);
}

static void the_program_named_for_the_event_gets_it_as_json(void **state)
{
	struct said said = {0};

	make_hook(*state, "bookmarks_deleted");
	make_hook(*state, "bookmarks_added");
	make_hook(*state, "any");
	tell(*state, BOOKMARKS_DELETED, &said);
	assert_file(*state, "bookmarks_deleted.input",
		"{\"id\": 7, \"at\": \"1970-01-01T00:00:00Z\", \"event\": \"bookmarks_deleted\", "
		"\"bookmarks\": [12, 13], \"command\": \"delete_bookmarks\", \"change\": 3, "
		"\"subject\": \"a \\\"b\\\"\\n\"}\n");
	assert_file(*state, "bookmarks_deleted.log", "");
	assert_file(*state, "bookmarks_added.input", "");
	tell(*state, BOOKMARKS_ADDED, &said);
	assert_string_equal(said.text, "");
}

static void without_a_folder_there_are_no_hooks(void **state)
{
	char *folder = memory_print("%s/nowhere", (char *)*state);

	assert_null(hooks_new(folder, NULL, NULL));
	assert_null(hooks_new(NULL, NULL, NULL));
	hooks_free(NULL);
	free(folder);
}

static void what_others_can_write_is_not_run(void **state)
{
	struct said said = {0};
	char *path = memory_print("%s/bookmarks_deleted", (char *)*state);

	make_hook(*state, "bookmarks_deleted");
	chmod(path, 0720);
	tell(*state, BOOKMARKS_DELETED, &said);
	assert_file(*state, "bookmarks_deleted.input", "");
	assert_non_null(strstr(said.text, "hook bookmarks_deleted: not run"));
	said.text[0] = '\0';
	chmod(path, 0600);
	tell(*state, BOOKMARKS_DELETED, &said);
	assert_file(*state, "bookmarks_deleted.input", "");
	assert_string_equal(said.text, "");
	free(path);
}

static void a_failure_is_told_safely_and_matters_to_nobody(void **state)
{
	struct said said = {0};

	fake_program_make(*state, "any", "printf 'no\\033[31m luck\\nmore'; exit 3");
	tell(*state, BOOKMARKS_DELETED, &said);
	assert_string_equal(said.text, "hook any: exit code 3: no^[[31m luck\n");
}

static void one_that_cannot_be_run_is_told(void **state)
{
	struct said said = {0};

	program_fixture_skip_under_valgrind();
	fake_program_write(*state, "any", "#!/nowhere/at/all\n", 0700);
	tell(*state, BOOKMARKS_DELETED, &said);
	assert_non_null(strstr(said.text, "hook any: cannot start"));
}

static void many_events_are_told_one_after_another(void **state)
{
	struct signals signals = {0};
	struct hooks *hooks;
	char *seen;

	fake_program_make(*state, "any", "cat >/dev/null; echo x >>\"$0.count\"");
	hooks = hooks_new(*state, NULL, NULL);
	hooks_connect(hooks, &signals);
	for (int i = 0; i < 30; i++) {
		struct event event = {.type = BOOKMARKS_ADDED, .id = i + 1, .subject = ""};
		struct signal_args args = {.sender = BOOKMARKS_ADDED, .event = &event};

		signal_send(&signals.event_happened, &args);
	}
	hooks_free(hooks);
	signals_finish(&signals);
	seen = fake_program_file(*state, "any.count");
	assert_int_equal(strlen(seen), 60);
	free(seen);
}

static void a_hook_sees_no_token(void **state)
{
	struct said said = {0};
	char *seen;

	setenv("GH_TOKEN", "not-for-hooks", 1);
	fake_program_make(*state, "any", "env >\"$0.environment\"");
	tell(*state, BOOKMARKS_DELETED, &said);
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
		test(what_others_can_write_is_not_run),
		test(a_failure_is_told_safely_and_matters_to_nobody),
		test(one_that_cannot_be_run_is_told),
		test(many_events_are_told_one_after_another),
		test(a_hook_sees_no_token),
		test(the_folder_is_beside_the_configuration),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
