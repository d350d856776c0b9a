#include "adapters/cli/command_line.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define ARGUMENTS_MAX 12

/* A command line, and what is read in it. */
struct example {
	const char *arguments[ARGUMENTS_MAX];
	const char *command; /* NULL: none */
	const char *words;   /* joined */
	enum option_id option;
	const char *value; /* of the option; "" of a flag, NULL: not given */
};

static const struct example good[] = {
	{{"list"}, "list", "", OPTION_JSON, NULL},
	{{"list", "--json"}, "list", "", OPTION_JSON, ""},
	{{"--json", "list", "a"}, "list", "a", OPTION_JSON, ""},
	{{"--db", "x", "list"}, "list", "", OPTION_DB, "x"},
	{{"--db=x", "list"}, "list", "", OPTION_DB, "x"},
	{{"list", "a", "--db", "list", "b"}, "list", "a b", OPTION_DB, "list"},
	{{"list", "a", "-b", "--limit", "3", "-c"}, "list", "a -b -c", OPTION_LIMIT, "3"},
	{{"list", "--rev", "-rev"}, "list", "-rev", OPTION_REVERSE, ""},
	{{"list", "--", "--json", "-x"}, "list", "--json -x", OPTION_JSON, NULL},
	{{"list", "-"}, "list", "-", OPTION_JSON, NULL},
	{{"list", "-h"}, "list", "-h", OPTION_HELP, NULL},
	{{"-h", "list"}, "list", "", OPTION_HELP, ""},
	{{"show", "-h"}, "show", "", OPTION_HELP, ""},
	{{"add", "-"}, "add", "-", OPTION_TITLE, NULL},
	{{"add", "u", "--title", "-t"}, "add", "u", OPTION_TITLE, "-t"},
	{{"add", "u", "--title", ""}, "add", "u", OPTION_TITLE, ""},
	{{"edit", "1", "--tags", "-a,+b"}, "edit", "1", OPTION_TAG_EDITS, "-a,+b"},
	{{"list", "--format", "-x"}, "list", "", OPTION_FORMAT, "-x"},
	{{"--format", "{id}", "list"}, "list", "", OPTION_FORMAT, "{id}"},
	{{"--tags", "+a", "edit", "1"}, "edit", "1", OPTION_TAG_EDITS, "+a"},
	{{"export", "--format", "csv"}, "export", "", OPTION_FILE_FORMAT, "csv"},
	{{"delete", "--matching", "-a", "b"}, "delete", "-a b", OPTION_MATCHING, ""},
	{{"delete", "--matching=a b"}, "delete", "", OPTION_MATCHING, "a b"},
	{{"list", "--limit", "9223372036854775807"}, "list", "", OPTION_LIMIT,
		"9223372036854775807"},
	{{NULL}, NULL, "", OPTION_JSON, NULL},
	{{"--demo"}, NULL, "", OPTION_DEMO, ""},
	{{"--version"}, NULL, "", OPTION_VERSION, ""},
	{{"-V"}, NULL, "", OPTION_VERSION, ""},
	{{"help", "list"}, "help", "list", OPTION_HELP, NULL},
};

static const struct example bad[] = {
	{.arguments = {"nothing"}, .words = "nothing"},
	{.arguments = {"--nothing"}, .words = "--nothing"},
	{.arguments = {"--json"}, .words = "--json"},
	{.arguments = {"-x", "list"}, .words = "-x"},
	{.arguments = {"show", "1", "-x"}, .words = "-x"},
	{.arguments = {"list", "--title", "x"}, .words = "--title"},
	{.arguments = {"list", "--limit"}, .words = "--limit"},
	{.arguments = {"list", "--limit", ""}, .words = "--limit"},
	{.arguments = {"list", "--limit", "1x"}, .words = "1x"},
	{.arguments = {"list", "--limit", "-1"}, .words = "-1"},
	{.arguments = {"list", "--limit", "9223372036854775808"}, .words = "--limit"},
	{.arguments = {"list", "--limit", "99999999999999999999"}, .words = "--limit"},
	{.arguments = {"list", "--json=x"}, .words = "--json"},
	{.arguments = {"--color", "mauve"}, .words = "mauve"},
	{.arguments = {"--format", "nothing", "export"}, .words = "nothing"},
	{.arguments = {"list", "--db", ""}, .words = "--db"},
	{.arguments = {"list", "--js"}, .words = "ambiguous"},
	{.arguments = {"list", "--sort", "id"}, .words = "id"},
	{.arguments = {"list", "--sort", "added modified"}, .words = "added modified"},
	{.arguments = {"import", "github", "x", "--jobs", "11"}, .words = "--jobs"},
	{.arguments = {"import", "github", "x", "--jobs", "0"}, .words = "--jobs"},
	{.arguments = {"add"}, .words = "missing"},
	{.arguments = {"add", "a", "b"}, .words = "b"},
};

static enum status read_example(
	struct command_line *line, const struct example *example, struct error *error)
{
	char *argv[ARGUMENTS_MAX + 1] = {(char *)"barky"};
	int argc = 1;

	while (argc <= ARGUMENTS_MAX && example->arguments[argc - 1]) {
		argv[argc] = (char *)example->arguments[argc - 1];
		argc++;
	}
	return command_line_read(line, argc, argv, error);
}

static void assert_read(const struct example *example)
{
	struct command_line line;
	struct error error = {0};
	char *words;

	if (read_example(&line, example, &error))
		fail_msg("%s: %s", example->arguments[0], error.text);
	assert_true(!line.command == !example->command);
	if (line.command)
		assert_string_equal(line.command->name, example->command);
	words = command_line_join(&line, 0);
	assert_string_equal(words, example->words);
	assert_int_equal(line.given[example->option], example->value != NULL);
	if (line.given[example->option] && (*example->value || line.values[example->option]))
		assert_string_equal(line.values[example->option], example->value);
	free(words);
	command_line_finish(&line);
}

static void options_stand_anywhere_and_words_may_begin_with_a_dash(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		assert_read(&good[i]);
}

static void what_is_wrong_is_refused_and_named(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct command_line line;
		struct error error = {0};

		assert_int_equal(read_example(&line, &bad[i], &error), STATUS_INVALID);
		if (!strstr(error.text, bad[i].words))
			fail_msg("\"%s\" does not name %s", error.text, bad[i].words);
		command_line_finish(&line);
	}
}

static void options_of_one_name_take_an_argument_alike(void **state)
{
	(void)state;
	for (int a = 0; a < OPTION_IDS; a++) {
		const struct option_row *row = &option_table[a];

		assert_non_null(row->name);
		assert_non_null(row->help);
		assert_true(!row->argument == (row->kind == OPTION_FLAG));
		assert_true(!row->choices == (row->kind != OPTION_CHOICE));
		for (int b = 0; b < a; b++)
			if (!strcmp(row->name, option_table[b].name))
				assert_int_equal(option_takes_argument(row),
					option_takes_argument(&option_table[b]));
	}
}

static void every_command_is_whole_and_stands_once(void **state)
{
	(void)state;
	for (const struct cli_command *const *command = cli_commands; *command; command++) {
		assert_ptr_equal(cli_command_find((*command)->name), *command);
		assert_non_null((*command)->usage);
		assert_non_null((*command)->summary);
		assert_non_null((*command)->options);
		assert_non_null((*command)->run);
		assert_true((*command)->least <= (*command)->most);
	}
}

static void only_what_went_well_ends_with_zero(void **state)
{
	(void)state;
	for (int status = 0; status < STATUS_COUNT; status++)
		assert_true((status_exit_code((enum status)status) == EXIT_DONE) ==
			    (status == STATUS_OK));
}

static void ids_are_whole_numbers_from_one_on(void **state)
{
	int64_t id = 0;

	(void)state;
	assert_true(command_line_id("12", &id));
	assert_int_equal(id, 12);
	assert_false(command_line_id("0", &id));
	assert_false(command_line_id("-1", &id));
	assert_false(command_line_id("1 ", &id));
	assert_false(command_line_id("", &id));
	assert_false(command_line_id("99999999999999999999", &id));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(options_stand_anywhere_and_words_may_begin_with_a_dash),
		cmocka_unit_test(what_is_wrong_is_refused_and_named),
		cmocka_unit_test(options_of_one_name_take_an_argument_alike),
		cmocka_unit_test(every_command_is_whole_and_stands_once),
		cmocka_unit_test(only_what_went_well_ends_with_zero),
		cmocka_unit_test(ids_are_whole_numbers_from_one_on),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
