#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <fcntl.h>
#include <unistd.h>

#include <cmocka.h>

#include "adapters/system/directory.h"
#include "adapters/system/atomic_file.h"
#include "domain/base/memory.h"
#include "tests/fixtures/fake_program.h"
#include "tests/fixtures/program_fixture.h"
#include "tests/fixtures/temporary_folder.h"

#define test(name)                                                                                 \
	cmocka_unit_test_setup_teardown(name, program_fixture_setup, program_fixture_teardown)

static enum status write_text(const char *path, const char *text, bool replace, struct error *error)
{
	struct atomic_file file;
	enum status status = atomic_file_begin(&file, path, error);

	if (status == STATUS_OK)
		status = atomic_file_write(&file, text, strlen(text), error);
	if (status == STATUS_OK)
		return atomic_file_commit(&file, replace, error);
	atomic_file_cancel(&file);
	return status;
}

static void assert_file(const char *folder, const char *name, const char *expected)
{
	char *text = fake_program_file(folder, name);

	assert_string_equal(text, expected);
	free(text);
}

static void a_file_is_there_whole_and_private(void **state)
{
	char *path = temporary_folder_file(*state, "out");
	mode_t old = umask(0);
	struct stat found;

	assert_int_equal(write_text(path, "text", false, NULL), STATUS_OK);
	umask(0777);
	assert_int_equal(write_text(path, "other", true, NULL), STATUS_OK);
	umask(old);
	assert_int_equal(stat(path, &found), 0);
	assert_int_equal(found.st_mode & 07777, 0600);
	assert_file(*state, "out", "other");
	free(path);
}

static void nothing_is_seen_before_the_commit_or_after_a_cancel(void **state)
{
	char *path = temporary_folder_file(*state, "out");
	struct atomic_file file;

	fake_program_write(*state, "out", "old", 0600);
	assert_int_equal(atomic_file_begin(&file, path, NULL), STATUS_OK);
	assert_int_equal(atomic_file_write(&file, "new", 3, NULL), STATUS_OK);
	assert_file(*state, "out", "old");
	atomic_file_cancel(&file);
	assert_file(*state, "out", "old");
	free(path);
	path = memory_print("%s/out.new.%ld", (char *)*state, (long)getpid());
	assert_int_not_equal(access(path, F_OK), 0);
	free(path);
}

static void what_is_there_is_kept_unless_it_is_to_be_replaced(void **state)
{
	char *path = temporary_folder_file(*state, "out");
	struct error error = {0};

	fake_program_write(*state, "out", "old", 0600);
	assert_int_equal(write_text(path, "new", false, &error), STATUS_CONFLICT);
	assert_non_null(strstr(error.text, "out is there already"));
	assert_file(*state, "out", "old");
	free(path);
}

static void a_link_in_the_place_is_not_followed(void **state)
{
	char *path = temporary_folder_file(*state, "out");

	fake_program_write(*state, "victim", "untouched", 0600);
	assert_int_equal(symlink("victim", path), 0);
	assert_int_equal(write_text(path, "new", false, NULL), STATUS_CONFLICT);
	assert_int_equal(write_text(path, "new", true, NULL), STATUS_OK);
	assert_file(*state, "victim", "untouched");
	assert_file(*state, "out", "new");
	free(path);
}

static void leftovers_of_the_dead_are_removed_those_in_use_are_not(void **state)
{
	char *path = temporary_folder_file(*state, "out");
	char *dead = temporary_folder_file(*state, "out.new.99999999");
	char *held = temporary_folder_file(*state, "out.new.99999998");
	char *other = temporary_folder_file(*state, "out.new.99999999x");
	int lock;

	fake_program_write(*state, "out.new.99999999", "", 0600);
	fake_program_write(*state, "out.new.99999998", "", 0600);
	fake_program_write(*state, "out.new.99999999x", "", 0600);
	lock = open(held, O_RDONLY);
	assert_int_equal(flock(lock, LOCK_EX), 0);
	assert_int_equal(write_text(path, "new", false, NULL), STATUS_OK);
	assert_int_not_equal(access(dead, F_OK), 0);
	assert_int_equal(access(held, F_OK), 0);
	assert_int_equal(access(other, F_OK), 0);
	close(lock);
	free(path);
	free(dead);
	free(held);
	free(other);
}

static void where_nothing_can_be_written_it_says_why(void **state)
{
	char *path = temporary_folder_file(*state, "nowhere/out");
	struct error error = {0};

	assert_int_equal(write_text(path, "new", false, &error), STATUS_IO);
	assert_non_null(strstr(error.text, "nowhere/out: No such file"));
	free(path);
}

static void folders_are_made_private_and_left_as_they_are(void **state)
{
	char *path = temporary_folder_file(*state, "a/b/c");
	char *above = temporary_folder_file(*state, "a");
	char *file = temporary_folder_file(*state, "file");
	struct stat found;

	assert_int_equal(directory_make(path, NULL), STATUS_OK);
	stat(above, &found);
	assert_int_equal(found.st_mode & 07777, 0700);
	chmod(above, 0755);
	assert_int_equal(directory_make(path, NULL), STATUS_OK);
	stat(above, &found);
	assert_int_equal(found.st_mode & 07777, 0755);
	fake_program_write(*state, "file", "", 0600);
	assert_int_equal(directory_make(file, NULL), STATUS_IO);
	free(path);
	free(above);
	free(file);
}

static void the_folder_of_a_path_is_what_is_before_its_name(void **state)
{
	static const char *const paths[][2] = {
		{"name", "."}, {"/name", "/"}, {"a/b", "a"}, {"/a/b/c", "/a/b"}};

	(void)state;
	for (size_t i = 0; i < sizeof(paths) / sizeof(*paths); i++) {
		char *folder = directory_of(paths[i][0]);

		assert_string_equal(folder, paths[i][1]);
		free(folder);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		test(a_file_is_there_whole_and_private),
		test(nothing_is_seen_before_the_commit_or_after_a_cancel),
		test(what_is_there_is_kept_unless_it_is_to_be_replaced),
		test(a_link_in_the_place_is_not_followed),
		test(leftovers_of_the_dead_are_removed_those_in_use_are_not),
		test(where_nothing_can_be_written_it_says_why),
		test(folders_are_made_private_and_left_as_they_are),
		test(the_folder_of_a_path_is_what_is_before_its_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
