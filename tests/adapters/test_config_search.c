#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "adapters/system/config.h"
#include "domain/base/memory.h"
#include "tests/fixtures/fake_program.h"
#include "tests/fixtures/temporary_folder.h"

static int setup(void **state)
{
	*state = temporary_folder_make();
	return 0;
}

static int teardown(void **state)
{
	temporary_folder_remove(*state);
	return 0;
}

static char *read_text(const char *path)
{
	FILE *file = fopen(path, "r");
	char *text = memory_array(4096, 1);

	assert_non_null(file);
	text[fread(text, 1, 4095, file)] = '\0';
	fclose(file);
	return text;
}

static void assert_saved(const char *folder, const char *before, const char *name,
	const char *query, const char *after)
{
	char *path = temporary_folder_file(folder, "config");
	struct error error = {""};

	fake_program_write(folder, "config", before, 0640);
	if (config_save_search(path, name, query, &error) != STATUS_OK)
		fail_msg("%s", error.text);
	char *text = read_text(path);
	assert_string_equal(text, after);
	free(text);
	free(path);
}

static void a_search_goes_to_the_others_and_all_else_stays(void **state)
{
	const char *folder = *state;

	assert_saved(folder, "", "a", "#x", "[searches]\na = #x\n");
	assert_saved(folder, "# mine\nmouse = on", "a", "#x",
		"# mine\nmouse = on\n\n[searches]\na = #x\n");
	assert_saved(folder, "[searches]\n; why\na = 1\n\n[keys]\nopen = o\n", "b c", "x OR y",
		"[searches]\n; why\na = 1\nb c = x OR y\n\n[keys]\nopen = o\n");
	assert_saved(
		folder, "[searches]\na=1 ; one\nb = 2\n", "a", "3", "[searches]\na = 3\nb = 2\n");
	assert_saved(folder, "[keys]\na = x\n[searches]\n[styles]\n", "a", "1",
		"[keys]\na = x\n[searches]\na = 1\n[styles]\n");
}

static void what_a_line_cannot_hold_is_refused_and_changes_nothing(void **state)
{
	const char *const pairs[][2] = {{"a=b", "x"}, {"a:b", "x"}, {"#a", "x"}, {"[a", "x"},
		{"a", "x ; y"}, {"a", "; x"}, {"", "x"}, {"a", ""}, {"a", " x"}, {"a\nb", "x"},
		{"a", "x\ny"}};
	const char *folder = *state;
	char *path = temporary_folder_file(folder, "config");
	char *longest = memory_array(100001, 1);

	memset(longest, 'x', 100000);
	fake_program_write(folder, "config", "# mine\n", 0600);
	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
		struct error error = {""};
		assert_int_equal(
			config_save_search(path, pairs[i][0], pairs[i][1], &error), STATUS_INVALID);
		assert_true(*error.text);
	}
	assert_int_equal(config_save_search(path, "a", longest, NULL), STATUS_INVALID);
	char *text = read_text(path);
	assert_string_equal(text, "# mine\n");
	free(text);
	free(longest);
	free(path);
}

static void the_file_keeps_its_mode_and_a_link_its_target(void **state)
{
	const char *folder = *state;
	char *path = temporary_folder_file(folder, "config");
	char *link = temporary_folder_file(folder, "link");
	struct stat info;

	fake_program_write(folder, "config", "mouse = on\n", 0640);
	assert_int_equal(symlink("config", link), 0);
	assert_int_equal(config_save_search(link, "a", "x", NULL), STATUS_OK);
	assert_int_equal(lstat(link, &info), 0);
	assert_true(S_ISLNK(info.st_mode));
	assert_int_equal(stat(path, &info), 0);
	assert_int_equal(info.st_mode & 07777, 0640);
	free(link);
	free(path);
}

static void a_file_that_is_not_there_is_made(void **state)
{
	char *path = temporary_folder_file(*state, "new");
	char *inside = memory_print("%s/config", path);

	assert_int_equal(config_save_search(inside, "a", "x", NULL), STATUS_OK);
	char *text = read_text(inside);
	assert_string_equal(text, "[searches]\na = x\n");
	free(text);
	free(inside);
	free(path);
}

#define test(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		test(a_search_goes_to_the_others_and_all_else_stays),
		test(what_a_line_cannot_hold_is_refused_and_changes_nothing),
		test(the_file_keeps_its_mode_and_a_link_its_target),
		test(a_file_that_is_not_there_is_made),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
