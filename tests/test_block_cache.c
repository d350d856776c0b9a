#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <dirent.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include "adapters/database.h"
#include "adapters/finder.h"
#include "domain/buffer.h"
#include "domain/memory.h"
#include "tests/temporary_folder.h"

/* Enough rows for an index of the block, and few enough that it has none. */
#define MANY 9000
#define FEW  300

struct study {
	char *folder;
	char *path;
	struct library library;
};

static void open_library(struct study *study)
{
	struct library_options options = {.path = study->path};

	assert_int_equal(library_open(&study->library, &options, NULL), STATUS_OK);
}

static int setup(void **state)
{
	struct study *study = memory_new(sizeof(*study));
	char *cache;

	study->folder = temporary_folder_make();
	study->path = temporary_folder_file(study->folder, "barky.db");
	cache = temporary_folder_file(study->folder, "cache");
	setenv("XDG_CACHE_HOME", cache, 1);
	free(cache);
	open_library(study);
	*state = study;
	return 0;
}

static int teardown(void **state)
{
	struct study *study = *state;

	library_close(&study->library);
	free(study->path);
	temporary_folder_remove(study->folder);
	free(study);
	return 0;
}

static void run_sql(struct study *study, const char *sql)
{
	char *message = NULL;

	if (sqlite3_exec(database_handle(study->library.database), sql, NULL, NULL, &message))
		fail_msg("%s: %s", sql, message);
}

static void tell(struct study *study, const char *ids)
{
	char *sql = memory_print("INSERT INTO events (at, event, command, change, mark, subject, "
				 "bookmarks) VALUES (1, 'bookmarks_edited', 'edit_bookmarks', 0, "
				 "random(), '', '%s')",
		ids);

	run_sql(study, sql);
	free(sql);
}

/* Rows whose dates are not in the order of their ids, with texts that fold and texts that do not.
 */
static void fill(struct study *study, int rows)
{
	char *sql = memory_print(
		"WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < %d) "
		"INSERT INTO bookmarks (added, modified, deleted, unstarred, source, url, title, "
		"tags, notes) SELECT 1700000000 + (i * 7919) %% 1000, 1700000000 + i, 0, i %% 3 = "
		"0, "
		"'github:user' || (i %% 5), 'https://example.org/' || i, "
		"CASE i %% 4 WHEN 0 THEN 'Título ' WHEN 1 THEN 'plain ' ELSE '漢字 ' END || i * "
		"37, "
		"CASE i %% 2 WHEN 0 THEN 'Rust,web' ELSE '' END, 'note ' || (i * 101) FROM n",
		rows);

	run_sql(study, sql);
	free(sql);
	tell(study, "1");
}

static const char *const queries[] = {"", "titulo", "plain 37", "#rust", "note OR 漢字", "-web",
	"source:github:user3 99", "/Tít.*9$/", "is:unstarred 11", "~t9", "site:example.org 4242",
	"added:2023", "is:duplicate"};

static bool describe(void *self, const struct bookmark *bookmark)
{
	char *tags = tag_set_join(&bookmark->tags);

	buffer_print(self, "%lld %s %s %s %s %s %lld %lld %d\n", (long long)bookmark->id,
		bookmark->url, bookmark->title, bookmark->notes, tags, bookmark->source,
		(long long)bookmark->added, (long long)bookmark->modified, bookmark->unstarred);
	free(tags);
	return true;
}

static void ask(struct study *study, const char *text, enum row_order order, struct buffer *out)
{
	struct query_error error;
	struct query *query = query_parse(text, &error);
	struct finding finding = {.query = query, .order = order, .limit = 40};
	size_t found;

	assert_int_equal(
		finder_visit(&study->library, &finding, describe, out, &found, NULL), STATUS_OK);
	buffer_print(out, "%zu\n", found);
	query_free(query);
}

static char *ask_all(struct study *study)
{
	struct buffer out = {0};

	for (size_t i = 0; i < sizeof(queries) / sizeof(*queries); i++)
		ask(study, queries[i], i % 2 ? BEST_FIRST : NEWEST_FIRST, &out);
	ask(study, "1", BY_FOLDED_TITLE, &out);
	return buffer_take(&out);
}

/* The only file in the cache folder, or NULL. */
static char *cache_file(void)
{
	char *folder = memory_print("%s/barky", getenv("XDG_CACHE_HOME"));
	DIR *entries = opendir(folder);
	char *path = NULL;
	struct dirent *entry;

	while (entries && (entry = readdir(entries)) != NULL) {
		if (entry->d_name[0] == '.')
			continue;
		assert_null(path);
		path = memory_print("%s/%s", folder, entry->d_name);
	}
	if (entries)
		closedir(entries);
	free(folder);
	return path;
}

static void forget_cache(void)
{
	char *path = cache_file();

	if (path)
		unlink(path);
	free(path);
}

static void assert_answers(struct study *study, const char *expected)
{
	char *answers = ask_all(study);

	assert_string_equal(answers, expected);
	free(answers);
}

/* Answers from the library alone: each time there is no file to be believed. */
static char *true_answers(struct study *study)
{
	struct buffer out = {0};
	char *answers;

	forget_cache();
	for (size_t i = 0; i < sizeof(queries) / sizeof(*queries); i++) {
		ask(study, queries[i], i % 2 ? BEST_FIRST : NEWEST_FIRST, &out);
		forget_cache();
	}
	ask(study, "1", BY_FOLDED_TITLE, &out);
	forget_cache();
	answers = buffer_take(&out);
	return answers;
}

static void what_was_saved_answers_like_the_library(void **state)
{
	struct study *study = *state;
	struct stat status;
	char *answers;
	char *path;

	fill(study, MANY);
	answers = true_answers(study);
	assert_answers(study, answers);
	path = cache_file();
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

	fill(study, 20);
	answers = ask_all(study);
	assert_null(cache_file());
	free(answers);
}

static void what_changed_since_is_found(void **state)
{
	struct study *study = *state;
	char *before;
	char *after;

	fill(study, MANY);
	before = ask_all(study);
	run_sql(study, "UPDATE bookmarks SET title = 'Titulo 11 99 4242 9' WHERE id = 17");
	run_sql(study, "UPDATE bookmarks SET deleted = 5 WHERE id = 19");
	run_sql(study, "DELETE FROM bookmarks WHERE id = 23");
	run_sql(study,
		"INSERT INTO bookmarks (id, added, modified, deleted, unstarred, source, url, "
		"title, tags, notes) VALUES (10001, 1800000000, 1, 0, 1, 'manual', "
		"'http://example.org/5', 'plain 37', 'web', '')");
	tell(study, "17,19,23,10001");
	after = ask_all(study);
	assert_string_not_equal(before, after);
	free(before);
	before = true_answers(study);
	assert_string_equal(before, after);
	free(before);
	free(after);
}

static void after_very_many_changes_it_is_made_anew(void **state)
{
	struct study *study = *state;
	char *answers = NULL;
	char *expected;

	fill(study, MANY);
	free(ask_all(study));
	run_sql(study, "UPDATE bookmarks SET title = 'titulo ' || id WHERE id < 4000");
	for (int first = 1; first < 4000; first += 500) {
		char ids[32];

		snprintf(ids, sizeof(ids), "%d-%d", first, first + 499);
		tell(study, ids);
	}
	answers = ask_all(study);
	expected = true_answers(study);
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

	fill(study, FEW);
	free(ask_all(study));
	run_sql(study, "UPDATE events SET mark = random()");
	run_sql(study, "UPDATE bookmarks SET title = 'titulo' WHERE id = 7");
	answers = ask_all(study);
	expected = true_answers(study);
	assert_string_equal(answers, expected);
	free(answers);
	free(expected);
	free(ask_all(study));
	run_sql(study, "UPDATE events SET mark = random()");
	run_sql(study, "UPDATE bookmarks SET title = 'nothing' WHERE id = 7");
	tell(study, "8");
	answers = ask_all(study);
	expected = true_answers(study);
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
	free(ask_all(study));
}

static void no_changed_byte_changes_an_answer(void **state)
{
	struct study *study = *state;
	char *answers;
	char *path;
	long size;

	fill(study, FEW);
	answers = ask_all(study);
	path = cache_file();
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

	fill(study, MANY);
	answers = ask_all(study);
	path = cache_file();
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

	fill(study, FEW);
	answers = ask_all(study);
	path = cache_file();
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

static void without_a_place_for_it_nothing_is_saved(void **state)
{
	struct study *study = *state;
	char *answers;
	char *again;

	fill(study, FEW);
	answers = ask_all(study);
	setenv("XDG_CACHE_HOME", "/dev/null/nowhere", 1);
	again = ask_all(study);
	assert_string_equal(answers, again);
	free(answers);
	free(again);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			what_was_saved_answers_like_the_library, setup, teardown),
		cmocka_unit_test_setup_teardown(a_few_rows_are_not_worth_a_file, setup, teardown),
		cmocka_unit_test_setup_teardown(what_changed_since_is_found, setup, teardown),
		cmocka_unit_test_setup_teardown(
			after_very_many_changes_it_is_made_anew, setup, teardown),
		cmocka_unit_test_setup_teardown(
			another_history_is_told_by_its_mark, setup, teardown),
		cmocka_unit_test_setup_teardown(no_changed_byte_changes_an_answer, setup, teardown),
		cmocka_unit_test_setup_teardown(
			no_changed_byte_changes_an_answer_by_the_index, setup, teardown),
		cmocka_unit_test_setup_teardown(
			a_file_that_was_cut_or_replaced_is_not_believed, setup, teardown),
		cmocka_unit_test_setup_teardown(
			without_a_place_for_it_nothing_is_saved, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
