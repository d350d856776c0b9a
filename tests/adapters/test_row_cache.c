#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <sys/stat.h>
#include <unistd.h>

#include "domain/base/memory.h"
#include "tests/fixtures/cache_fixture.h"

/* Enough rows for an index of the block, and few enough that it has none. */
#define MANY 9000
#define FEW  300

static void assert_answers(struct study *study, const char *expected)
{
	char *answers = study_ask_all(study);

	assert_string_equal(answers, expected);
	free(answers);
}

static void what_was_saved_answers_like_the_library(void **state)
{
	struct study *study = *state;
	struct stat status;
	char *answers;
	char *path;

	study_fill(study, MANY);
	answers = study_true_answers(study);
	assert_answers(study, answers);
	path = study_cache_file();
	assert_int_equal(stat(path, &status), 0);
	assert_int_equal(status.st_mode & 0777, 0600);
	assert_answers(study, answers);
	free(path);
	free(answers);
}

static void a_few_rows_are_not_worth_a_file(void **state)
{
	struct study *study = *state;
	char *answers;

	study_fill(study, 20);
	answers = study_ask_all(study);
	assert_null(study_cache_file());
	free(answers);
}

static void what_changed_since_is_found(void **state)
{
	struct study *study = *state;
	char *before;
	char *after;

	study_fill(study, MANY);
	before = study_ask_all(study);
	study_run_sql(study, "UPDATE bookmarks SET title = 'Titulo 11 99 4242 9' WHERE id = 17");
	study_run_sql(study, "UPDATE bookmarks SET deleted = 5 WHERE id = 19");
	study_run_sql(study, "DELETE FROM bookmarks WHERE id = 23");
	study_run_sql(study,
		"INSERT INTO bookmarks (id, added, modified, deleted, unstarred, source, url, "
		"title, tags, notes) VALUES (10001, 1800000000, 1, 0, 1, 'manual', "
		"'http://example.org/5', 'plain 37', 'web', '')");
	study_tell(study, "17,19,23,10001");
	after = study_ask_all(study);
	assert_string_not_equal(before, after);
	free(before);
	before = study_true_answers(study);
	assert_string_equal(before, after);
	free(before);
	free(after);
}

static void after_very_many_changes_it_is_made_anew(void **state)
{
	struct study *study = *state;
	char *answers = NULL;
	char *expected;

	study_fill(study, MANY);
	free(study_ask_all(study));
	study_run_sql(study, "UPDATE bookmarks SET title = 'titulo ' || id WHERE id < 4000");
	for (int first = 1; first < 4000; first += 500) {
		char ids[32];

		snprintf(ids, sizeof(ids), "%d-%d", first, first + 499);
		study_tell(study, ids);
	}
	answers = study_ask_all(study);
	expected = study_true_answers(study);
	assert_string_equal(answers, expected);
	free(answers);
	free(expected);
}

/* A library that was put back from a copy has the same events by number, and other ones. */
static void another_history_is_told_by_its_mark(void **state)
{
	struct study *study = *state;
	char *answers;
	char *expected;

	study_fill(study, FEW);
	free(study_ask_all(study));
	study_run_sql(study, "UPDATE events SET mark = random()");
	study_run_sql(study, "UPDATE bookmarks SET title = 'titulo' WHERE id = 7");
	answers = study_ask_all(study);
	expected = study_true_answers(study);
	assert_string_equal(answers, expected);
	free(answers);
	free(expected);
	free(study_ask_all(study));
	study_run_sql(study, "UPDATE events SET mark = random()");
	study_run_sql(study, "UPDATE bookmarks SET title = 'nothing' WHERE id = 7");
	study_tell(study, "8");
	answers = study_ask_all(study);
	expected = study_true_answers(study);
	assert_string_equal(answers, expected);
	free(answers);
	free(expected);
}

static void change_byte(const char *path, long at, unsigned char by)
{
	FILE *file = fopen(path, "r+b");
	int byte;

	assert_non_null(file);
	fseek(file, at, SEEK_SET);
	byte = fgetc(file);
	fseek(file, at, SEEK_SET);
	fputc(byte ^ by, file);
	fclose(file);
}

static long size_of(const char *path)
{
	struct stat status;

	assert_int_equal(stat(path, &status), 0);
	return (long)status.st_size;
}

static void damage(struct study *study, const char *answers, const char *path, long at)
{
	change_byte(path, at, (unsigned char)(1u << (at % 8)));
	assert_answers(study, answers);
	unlink(path);
	free(study_ask_all(study));
}

static void no_changed_byte_changes_an_answer(void **state)
{
	struct study *study = *state;
	char *answers;
	char *path;
	long size;

	study_fill(study, FEW);
	answers = study_ask_all(study);
	path = study_cache_file();
	size = size_of(path);
	for (long at = 0; at < 500; at += 7)
		damage(study, answers, path, at);
	for (long at = 500; at < size; at += size / 150)
		damage(study, answers, path, at);
	free(path);
	free(answers);
}

static void no_changed_byte_changes_an_answer_by_the_index(void **state)
{
	struct study *study = *state;
	char *answers;
	char *path;
	long size;

	study_fill(study, MANY);
	answers = study_ask_all(study);
	path = study_cache_file();
	size = size_of(path);
	for (long at = 700; at < size; at += size / 12)
		damage(study, answers, path, at);
	free(path);
	free(answers);
}

static void a_file_that_was_cut_or_replaced_is_not_believed(void **state)
{
	static const long lengths[] = {0, 1, 100, 700, 5000};
	struct study *study = *state;
	char *answers;
	char *path;

	study_fill(study, FEW);
	answers = study_ask_all(study);
	path = study_cache_file();
	for (size_t i = 0; i < sizeof(lengths) / sizeof(*lengths); i++) {
		assert_int_equal(truncate(path, lengths[i]), 0);
		assert_answers(study, answers);
	}
	assert_int_equal(chmod(path, 0622), 0);
	assert_answers(study, answers);
	unlink(path);
	assert_int_equal(symlink("/dev/zero", path), 0);
	assert_answers(study, answers);
	free(path);
	free(answers);
}

/* A library from someone else may call itself what it likes: no file is named by it. */
static void a_library_that_is_named_like_a_path_writes_no_file(void **state)
{
	struct study *study = *state;
	char *victim = memory_print("%s/victim", study->folder);
	char *answers;

	study_fill(study, FEW);
	free(study_ask_all(study));
	study_run_sql(study, "UPDATE library SET uuid = 'x/../../../victim'");
	answers = study_true_answers(study);
	assert_answers(study, answers);
	assert_null(study_cache_file());
	assert_int_not_equal(access(victim, F_OK), 0);
	free(answers);
	free(victim);
}

static void without_a_place_for_it_nothing_is_saved(void **state)
{
	struct study *study = *state;
	char *answers;
	char *again;

	study_fill(study, FEW);
	answers = study_ask_all(study);
	setenv("XDG_CACHE_HOME", "/dev/null/nowhere", 1);
	again = study_ask_all(study);
	assert_string_equal(answers, again);
	free(answers);
	free(again);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			what_was_saved_answers_like_the_library, study_setup, study_teardown),
		cmocka_unit_test_setup_teardown(
			a_few_rows_are_not_worth_a_file, study_setup, study_teardown),
		cmocka_unit_test_setup_teardown(
			what_changed_since_is_found, study_setup, study_teardown),
		cmocka_unit_test_setup_teardown(
			after_very_many_changes_it_is_made_anew, study_setup, study_teardown),
		cmocka_unit_test_setup_teardown(
			another_history_is_told_by_its_mark, study_setup, study_teardown),
		cmocka_unit_test_setup_teardown(
			no_changed_byte_changes_an_answer, study_setup, study_teardown),
		cmocka_unit_test_setup_teardown(no_changed_byte_changes_an_answer_by_the_index,
			study_setup, study_teardown),
		cmocka_unit_test_setup_teardown(a_file_that_was_cut_or_replaced_is_not_believed,
			study_setup, study_teardown),
		cmocka_unit_test_setup_teardown(a_library_that_is_named_like_a_path_writes_no_file,
			study_setup, study_teardown),
		cmocka_unit_test_setup_teardown(
			without_a_place_for_it_nothing_is_saved, study_setup, study_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
