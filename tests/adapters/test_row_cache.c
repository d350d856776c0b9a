#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "adapters/rows/row_cache.h"
#include "domain/base/memory.h"
#include "domain/search/search.h"
#include "tests/fixtures/cache_fixture.h"

/* Enough rows for an index of the block, and few enough that it has none. */
#define MANY 9000
#define FEW  300

static void assert_answers(struct cache_fixture *fixture, const char *expected)
{
	char *answers = cache_fixture_ask_all(fixture);

	assert_string_equal(answers, expected);
	free(answers);
}

static void what_was_saved_answers_like_the_library(void **state)
{
	struct cache_fixture *fixture = *state;
	struct stat status;
	char *answers;
	char *path;

	cache_fixture_fill(fixture, MANY);
	answers = cache_fixture_true_answers(fixture);
	assert_answers(fixture, answers);
	path = cache_fixture_cache_file();
	assert_int_equal(stat(path, &status), 0);
	assert_int_equal(status.st_mode & 0777, 0600);
	assert_answers(fixture, answers);
	free(path);
	free(answers);
}

static void a_few_rows_are_not_worth_a_file(void **state)
{
	struct cache_fixture *fixture = *state;
	char *answers;

	cache_fixture_fill(fixture, 20);
	answers = cache_fixture_ask_all(fixture);
	assert_null(cache_fixture_cache_file());
	free(answers);
}

static void what_changed_since_is_found(void **state)
{
	struct cache_fixture *fixture = *state;
	char *before;
	char *after;

	cache_fixture_fill(fixture, MANY);
	before = cache_fixture_ask_all(fixture);
	cache_fixture_run_sql(
		fixture, "UPDATE bookmarks SET title = 'Titulo 11 99 4242 9' WHERE id = 17");
	cache_fixture_run_sql(fixture, "UPDATE bookmarks SET deleted = 5 WHERE id = 19");
	cache_fixture_run_sql(fixture, "DELETE FROM bookmarks WHERE id = 23");
	cache_fixture_run_sql(fixture,
		"INSERT INTO bookmarks (id, added, modified, deleted, unstarred, source, url, "
		"title, tags, notes) VALUES (10001, 1800000000, 1, 0, 1, 'manual', "
		"'http://example.org/5', 'plain 37', 'web', '')");
	cache_fixture_tell(fixture, "17,19,23,10001");
	after = cache_fixture_ask_all(fixture);
	assert_string_not_equal(before, after);
	free(before);
	before = cache_fixture_true_answers(fixture);
	assert_string_equal(before, after);
	free(before);
	free(after);
}

static void after_very_many_changes_it_is_made_anew(void **state)
{
	struct cache_fixture *fixture = *state;
	char *answers = NULL;
	char *expected;

	cache_fixture_fill(fixture, MANY);
	free(cache_fixture_ask_all(fixture));
	cache_fixture_run_sql(
		fixture, "UPDATE bookmarks SET title = 'titulo ' || id WHERE id < 4000");
	for (int first = 1; first < 4000; first += 500) {
		char ids[32];

		snprintf(ids, sizeof(ids), "%d-%d", first, first + 499);
		cache_fixture_tell(fixture, ids);
	}
	answers = cache_fixture_ask_all(fixture);
	expected = cache_fixture_true_answers(fixture);
	assert_string_equal(answers, expected);
	free(answers);
	free(expected);
}

/* A library that was put back from a copy has the same events by number, and other ones. */
static void another_history_is_told_by_its_mark(void **state)
{
	struct cache_fixture *fixture = *state;
	char *answers;
	char *expected;

	cache_fixture_fill(fixture, FEW);
	free(cache_fixture_ask_all(fixture));
	cache_fixture_run_sql(fixture, "UPDATE events SET mark = random()");
	cache_fixture_run_sql(fixture, "UPDATE bookmarks SET title = 'titulo' WHERE id = 7");
	answers = cache_fixture_ask_all(fixture);
	expected = cache_fixture_true_answers(fixture);
	assert_string_equal(answers, expected);
	free(answers);
	free(expected);
	free(cache_fixture_ask_all(fixture));
	cache_fixture_run_sql(fixture, "UPDATE events SET mark = random()");
	cache_fixture_run_sql(fixture, "UPDATE bookmarks SET title = 'nothing' WHERE id = 7");
	cache_fixture_tell(fixture, "8");
	answers = cache_fixture_ask_all(fixture);
	expected = cache_fixture_true_answers(fixture);
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

static void damage(struct cache_fixture *fixture, const char *answers, const char *path, long at)
{
	change_byte(path, at, (unsigned char)(1u << (at % 8)));
	assert_answers(fixture, answers);
	unlink(path);
	free(cache_fixture_ask_all(fixture));
}

static void no_changed_byte_changes_an_answer(void **state)
{
	struct cache_fixture *fixture = *state;
	char *answers;
	char *path;
	long size;

	cache_fixture_fill(fixture, FEW);
	answers = cache_fixture_ask_all(fixture);
	path = cache_fixture_cache_file();
	size = size_of(path);
	for (long at = 0; at < 500; at += 7)
		damage(fixture, answers, path, at);
	for (long at = 500; at < size; at += size / 150)
		damage(fixture, answers, path, at);
	free(path);
	free(answers);
}

static void no_changed_byte_changes_an_answer_by_the_index(void **state)
{
	struct cache_fixture *fixture = *state;
	char *answers;
	char *path;
	long size;

	cache_fixture_fill(fixture, MANY);
	answers = cache_fixture_ask_all(fixture);
	path = cache_fixture_cache_file();
	size = size_of(path);
	for (long at = 700; at < size; at += size / 12)
		damage(fixture, answers, path, at);
	free(path);
	free(answers);
}

static void a_file_that_was_cut_or_replaced_is_not_believed(void **state)
{
	static const long lengths[] = {0, 1, 100, 700, 5000};
	struct cache_fixture *fixture = *state;
	char *answers;
	char *path;

	cache_fixture_fill(fixture, FEW);
	answers = cache_fixture_ask_all(fixture);
	path = cache_fixture_cache_file();
	for (size_t i = 0; i < sizeof(lengths) / sizeof(*lengths); i++) {
		assert_int_equal(truncate(path, lengths[i]), 0);
		assert_answers(fixture, answers);
	}
	assert_int_equal(chmod(path, 0622), 0);
	assert_answers(fixture, answers);
	unlink(path);
	assert_int_equal(symlink("/dev/zero", path), 0);
	assert_answers(fixture, answers);
	free(path);
	free(answers);
}

/* The size and a byte in the middle, while a search has the file mapped. */
static void a_file_that_is_changed_while_it_is_read_is_found_out(void **state)
{
	struct cache_fixture *fixture = *state;
	static const char *const words[] = {"plain", "~t9", "#rust", "is:duplicate", "/[3-5]$/"};
	struct row_store *store = row_store_new();
	struct cached_rows rows;
	struct search *search;
	struct query_error error;
	struct row row;
	char *path;

	cache_fixture_fill(fixture, MANY);
	free(cache_fixture_ask_all(fixture));
	path = cache_fixture_cache_file();
	assert_int_equal(row_cache_read(&fixture->library, CACHE_VERIFIED, &rows, NULL), STATUS_OK);
	row_store_replace(store, rows.segment);
	rows.segment = NULL;
	search = search_new(store);
	search_run(search, -1);
	assert_int_equal(search_count(search), MANY);
	assert_false(row_store_corrupt(store));
	for (long size = size_of(path) / 2; size > 4096; size /= 3) {
		assert_int_equal(truncate(path, size), 0);
		for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
			search_start(search, query_parse(words[i], &error),
				i % 2 ? BY_FOLDED_TITLE : BEST_FIRST, false);
			search_run(search, -1);
			search_row(search, 0, &row);
			row_store_find(store, 17, &row);
		}
	}
	assert_true(row_store_corrupt(store));
	search_free(search);
	row_store_free(store);
	cached_rows_finish(&rows);
	free(path);
}

/* What a killed program was writing goes with the next save; what is being written does not. */
static void leftovers_of_killed_saves_are_removed(void **state)
{
	struct cache_fixture *fixture = *state;
	char *path, *dead, *busy;
	int fd;

	cache_fixture_fill(fixture, FEW);
	free(cache_fixture_ask_all(fixture));
	path = cache_fixture_cache_file();
	dead = memory_print("%s.new.999999998", path);
	busy = memory_print("%s.new.999999999", path);
	close(open(dead, O_CREAT | O_WRONLY, 0600));
	fd = open(busy, O_CREAT | O_WRONLY, 0600);
	assert_int_equal(flock(fd, LOCK_EX), 0);
	cache_fixture_run_sql(fixture, "UPDATE events SET mark = random()");
	cache_fixture_run_sql(fixture, "UPDATE bookmarks SET title = 'other' WHERE id = 7");
	free(cache_fixture_ask_all(fixture));
	assert_int_not_equal(access(dead, F_OK), 0);
	assert_int_equal(access(busy, F_OK), 0);
	close(fd);
	unlink(busy);
	free(path);
	free(dead);
	free(busy);
}

/* A library from someone else may call itself what it likes: no file is named by it. */
static void a_library_that_is_named_like_a_path_writes_no_file(void **state)
{
	struct cache_fixture *fixture = *state;
	char *victim = memory_print("%s/victim", fixture->folder);
	char *answers;

	cache_fixture_fill(fixture, FEW);
	free(cache_fixture_ask_all(fixture));
	cache_fixture_run_sql(fixture, "UPDATE library SET uuid = 'x/../../../victim'");
	answers = cache_fixture_true_answers(fixture);
	assert_answers(fixture, answers);
	assert_null(cache_fixture_cache_file());
	assert_int_not_equal(access(victim, F_OK), 0);
	free(answers);
	free(victim);
}

static void without_a_place_for_it_nothing_is_saved(void **state)
{
	struct cache_fixture *fixture = *state;
	char *answers;
	char *again;

	cache_fixture_fill(fixture, FEW);
	answers = cache_fixture_ask_all(fixture);
	setenv("XDG_CACHE_HOME", "/dev/null/nowhere", 1);
	again = cache_fixture_ask_all(fixture);
	assert_string_equal(answers, again);
	free(answers);
	free(again);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(what_was_saved_answers_like_the_library,
			cache_fixture_setup, cache_fixture_teardown),
		cmocka_unit_test_setup_teardown(a_few_rows_are_not_worth_a_file,
			cache_fixture_setup, cache_fixture_teardown),
		cmocka_unit_test_setup_teardown(leftovers_of_killed_saves_are_removed,
			cache_fixture_setup, cache_fixture_teardown),
		cmocka_unit_test_setup_teardown(
			what_changed_since_is_found, cache_fixture_setup, cache_fixture_teardown),
		cmocka_unit_test_setup_teardown(after_very_many_changes_it_is_made_anew,
			cache_fixture_setup, cache_fixture_teardown),
		cmocka_unit_test_setup_teardown(another_history_is_told_by_its_mark,
			cache_fixture_setup, cache_fixture_teardown),
		cmocka_unit_test_setup_teardown(no_changed_byte_changes_an_answer,
			cache_fixture_setup, cache_fixture_teardown),
		cmocka_unit_test_setup_teardown(no_changed_byte_changes_an_answer_by_the_index,
			cache_fixture_setup, cache_fixture_teardown),
		cmocka_unit_test_setup_teardown(a_file_that_was_cut_or_replaced_is_not_believed,
			cache_fixture_setup, cache_fixture_teardown),
		cmocka_unit_test_setup_teardown(
			a_file_that_is_changed_while_it_is_read_is_found_out, cache_fixture_setup,
			cache_fixture_teardown),
		cmocka_unit_test_setup_teardown(a_library_that_is_named_like_a_path_writes_no_file,
			cache_fixture_setup, cache_fixture_teardown),
		cmocka_unit_test_setup_teardown(without_a_place_for_it_nothing_is_saved,
			cache_fixture_setup, cache_fixture_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
