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
#include <sqlite3.h>

#include "adapters/sqlite/schema.h"
#include "domain/base/memory.h"
#include "tests/fixtures/database_fixture.h"
#include "tests/fixtures/fake_program.h"
#include "tests/fixtures/opened_library.h"
#include "tests/fixtures/temporary_folder.h"

#define test(name)                                                                                 \
	cmocka_unit_test_setup_teardown(name, database_fixture_setup, database_fixture_teardown)

static void assert_private(struct database_fixture *fixture, mode_t mask, const char *name)
{
	char *folder = temporary_folder_file(fixture->folder, name);
	char *path = temporary_folder_file(folder, "barky.db");
	char *wal = memory_print("%s-wal", path), *shm = memory_print("%s-shm", path);
	struct opened_library library;
	mode_t old = umask(mask);

	opened_library_open(&library, path);
	assert_int_equal(opened_library_add(&library, "https://a.example", NULL), STATUS_OK);
	umask(old);
	assert_int_equal(database_fixture_mode(path), 0600);
	assert_int_equal(database_fixture_mode(wal), 0600);
	assert_int_equal(database_fixture_mode(shm), 0600);
	assert_int_equal(database_fixture_mode(folder), 0700);
	*strrchr(folder, '/') = '\0';
	assert_int_equal(database_fixture_mode(folder), 0700);
	opened_library_close(&library);
	free(wal);
	free(shm);
	free(path);
	free(folder);
}

static void files_and_folders_are_private_whatever_the_umask(void **state)
{
	assert_private(*state, 000, "a/b");
	assert_private(*state, 077, "c/d");
	assert_private(*state, 0777, "e/f");
}

static void every_guard_is_set(void **state)
{
	struct database_fixture *fixture = *state;
	struct opened_library library;
	sqlite3 *handle;
	int on = -1;

	opened_library_open(&library, fixture->path);
	handle = database_handle(library.database);
	assert_int_equal(opened_library_ask(&library, "PRAGMA synchronous"), 2);
	assert_int_equal(opened_library_ask(&library, "PRAGMA foreign_keys"), 1);
	assert_int_equal(opened_library_ask(&library, "PRAGMA trusted_schema"), 0);
	assert_int_equal(opened_library_ask(&library, "PRAGMA cell_size_check"), 1);
	assert_int_equal(opened_library_ask(&library, "PRAGMA mmap_size"), 0);
	assert_int_equal(opened_library_ask(
				 &library, "SELECT journal_mode = 'wal' FROM pragma_journal_mode"),
		1);
	assert_int_equal(opened_library_ask(&library, "PRAGMA application_id"), 0x42524b59);
	assert_int_equal(
		opened_library_ask(&library, "PRAGMA user_version"), schema_current.version);
	sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, -1, &on);
	assert_int_equal(on, 1);
	sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_TRIGGER, -1, &on);
	assert_int_equal(on, 0);
	sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_VIEW, -1, &on);
	assert_int_equal(on, 0);
	sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, -1, &on);
	assert_int_equal(on, 0);
	assert_true(sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, -1) <= 16 << 20);
	assert_int_not_equal(
		sqlite3_exec(handle, "SELECT \"no column\" FROM library", NULL, NULL, NULL),
		SQLITE_OK);
	opened_library_close(&library);
}

static void a_hostile_trigger_never_fires(void **state)
{
	struct database_fixture *fixture = *state;
	struct opened_library library;

	database_fixture_fill(fixture, 1);
	database_fixture_meddle(fixture->path,
		"CREATE TRIGGER evil AFTER INSERT ON bookmarks BEGIN DELETE FROM bookmarks; END");
	opened_library_open(&library, fixture->path);
	assert_int_equal(opened_library_add(&library, "https://b.example", NULL), STATUS_OK);
	assert_int_equal(opened_library_count(&library), 2);
	opened_library_close(&library);
}

static void nothing_is_left_beside_a_library_that_was_closed(void **state)
{
	struct database_fixture *fixture = *state;
	char *wal = memory_print("%s-wal", fixture->path);

	database_fixture_fill(fixture, 3);
	assert_int_not_equal(access(wal, F_OK), 0);
	opened_library_assert_sound(fixture->path);
	free(wal);
}

static void opening_for_reading_writes_nothing(void **state)
{
	struct database_fixture *fixture = *state;
	struct opened_library library;
	struct stat before, after;

	database_fixture_fill(fixture, 3);
	stat(fixture->path, &before);
	opened_library_open(&library, fixture->path);
	assert_int_equal(opened_library_count(&library), 3);
	opened_library_close(&library);
	stat(fixture->path, &after);
	assert_int_equal(before.st_mtim.tv_nsec, after.st_mtim.tv_nsec);
	assert_int_equal(before.st_mtim.tv_sec, after.st_mtim.tv_sec);
}

static void a_missing_library_can_be_an_empty_one(void **state)
{
	struct database_fixture *fixture = *state;
	struct database_options options = {.path = fixture->path, .missing_is_empty = true};
	struct opened_library library;

	assert_int_equal(opened_library_try(&library, &options, NULL), STATUS_OK);
	assert_int_equal(opened_library_count(&library), 0);
	opened_library_close(&library);
	assert_int_not_equal(access(fixture->path, F_OK), 0);
}

static void a_library_in_memory_works_and_is_gone(void **state)
{
	struct opened_library library;

	(void)state;
	assert_int_equal(
		opened_library_try(&library, &(struct database_options){0}, NULL), STATUS_OK);
	assert_int_equal(opened_library_add(&library, "https://a.example", NULL), STATUS_OK);
	assert_int_equal(opened_library_count(&library), 1);
	opened_library_close(&library);
}

static void a_link_is_followed_even_a_dangling_one(void **state)
{
	struct database_fixture *fixture = *state;
	char *target = temporary_folder_file(fixture->folder, "dotfiles/there.db");
	char *link = temporary_folder_file(fixture->folder, "link.db");
	struct opened_library library;
	struct stat found;

	assert_int_equal(symlink("dotfiles/there.db", link), 0);
	opened_library_open(&library, link);
	opened_library_add(&library, "https://a.example", NULL);
	opened_library_close(&library);
	assert_int_equal(database_fixture_mode(target), 0600);
	lstat(link, &found);
	assert_true(S_ISLNK(found.st_mode));
	opened_library_open(&library, link);
	assert_int_equal(opened_library_count(&library), 1);
	opened_library_close(&library);
	free(link);
	free(target);
}

static void assert_refused(
	struct database_fixture *fixture, enum status expected, const char *words)
{
	struct opened_library library;
	struct error error = {0};

	assert_int_equal(opened_library_try(&library,
				 &(struct database_options){.path = fixture->path}, &error),
		expected);
	if (!strstr(error.text, words) || !strstr(error.text, fixture->path))
		fail_msg("\"%s\" lacks \"%s\" or the path", error.text, words);
}

static void what_is_not_ours_is_named_and_not_touched(void **state)
{
	struct database_fixture *fixture = *state;
	char *wal = memory_print("%s-wal", fixture->path);
	char *text;

	fake_program_write(fixture->folder, "barky.db", "", 0600);
	assert_refused(fixture, STATUS_FOREIGN, "an empty file");
	fake_program_write(fixture->folder, "barky.db", "my shopping list", 0600);
	assert_refused(fixture, STATUS_FOREIGN, "not a barky library");
	text = fake_program_file(fixture->folder, "barky.db");
	assert_string_equal(text, "my shopping list");
	unlink(fixture->path);

	database_fixture_meddle(fixture->path, "PRAGMA journal_mode = WAL; CREATE TABLE t (a)");
	assert_refused(fixture, STATUS_FOREIGN, "another program's database");
	assert_int_not_equal(access(wal, F_OK), 0);
	unlink(fixture->path);
	assert_int_equal(mkfifo(fixture->path, 0600), 0);
	assert_refused(fixture, STATUS_FOREIGN, "no regular file");
	unlink(fixture->path);
	mkdir(fixture->path, 0700);
	assert_refused(fixture, STATUS_FOREIGN, "a folder");
	free(text);
	free(wal);
}

static void a_later_schema_is_refused_with_both_numbers(void **state)
{
	struct database_fixture *fixture = *state;
	char *known = memory_print("schema %d:", schema_current.version);
	struct stat before, after;

	database_fixture_fill(fixture, 1);
	database_fixture_meddle(fixture->path, "PRAGMA user_version = 99");
	stat(fixture->path, &before);
	assert_refused(fixture, STATUS_TOO_NEW, "schema 99");
	assert_refused(fixture, STATUS_TOO_NEW, known);
	free(known);
	stat(fixture->path, &after);
	assert_int_equal(before.st_mtim.tv_nsec, after.st_mtim.tv_nsec);
}

static void a_schema_of_no_number_is_damage(void **state)
{
	struct database_fixture *fixture = *state;

	database_fixture_fill(fixture, 1);
	database_fixture_meddle(fixture->path, "PRAGMA user_version = 0");
	assert_refused(fixture, STATUS_DAMAGED, "barky restore");
}

static void ruin(const char *path, long from, long length)
{
	FILE *file = fopen(path, "r+b");

	assert_non_null(file);
	fseek(file, from, SEEK_SET);
	for (long i = 0; i < length; i++)
		fputc(0xa5, file);
	fclose(file);
}

static bool look(void *self, const struct bookmark *bookmark)
{
	(void)self;
	return *bookmark->url != '\0';
}

static void damage_is_named_when_it_is_met(void **state)
{
	struct database_fixture *fixture = *state;
	struct opened_library library = {0};
	struct error error = {0};
	enum status status;

	database_fixture_fill(fixture, 200);
	ruin(fixture->path, 4096, 4096L * 30);
	status = opened_library_try(
		&library, &(struct database_options){.path = fixture->path}, &error);
	if (status == STATUS_OK) {
		status = library.catalogue->each(
			library.catalogue, &(struct listing){0}, look, NULL, &error);
		opened_library_close(&library);
	}
	assert_int_equal(status, STATUS_DAMAGED);
	assert_non_null(strstr(error.text, "is damaged: barky restore FILE"));
}

static void a_file_cut_short_is_damage(void **state)
{
	struct database_fixture *fixture = *state;

	database_fixture_fill(fixture, 200);
	assert_int_equal(truncate(fixture->path, 300), 0);
	assert_refused(fixture, STATUS_DAMAGED, "damaged");
}

static void one_that_lost_wal_mode_gets_it_back(void **state)
{
	struct database_fixture *fixture = *state;
	struct opened_library library;

	database_fixture_fill(fixture, 1);
	database_fixture_meddle(fixture->path, "PRAGMA journal_mode = DELETE");
	opened_library_open(&library, fixture->path);
	assert_int_equal(opened_library_ask(
				 &library, "SELECT journal_mode = 'wal' FROM pragma_journal_mode"),
		1);
	opened_library_close(&library);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		test(files_and_folders_are_private_whatever_the_umask),
		test(every_guard_is_set),
		test(a_hostile_trigger_never_fires),
		test(nothing_is_left_beside_a_library_that_was_closed),
		test(opening_for_reading_writes_nothing),
		test(a_missing_library_can_be_an_empty_one),
		test(a_library_in_memory_works_and_is_gone),
		test(a_link_is_followed_even_a_dangling_one),
		test(what_is_not_ours_is_named_and_not_touched),
		test(a_later_schema_is_refused_with_both_numbers),
		test(a_schema_of_no_number_is_damage),
		test(damage_is_named_when_it_is_met),
		test(a_file_cut_short_is_damage),
		test(one_that_lost_wal_mode_gets_it_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
