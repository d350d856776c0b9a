#include <dirent.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "adapters/sqlite/safety_copy.h"
#include "adapters/sqlite/schema.h"
#include "domain/base/memory.h"
#include "tests/fixtures/database_fixture.h"
#include "tests/fixtures/opened_library.h"
#include "tests/fixtures/temporary_folder.h"

#define test(name)                                                                                 \
	cmocka_unit_test_setup_teardown(name, database_fixture_setup, database_fixture_teardown)

/* A later schema than ours, for what holds of every migration. */
struct later {
	const char *steps[8];
	struct schema schema;
};

static void make_later(struct later *later, const char *sql, int steps)
{
	*later = (struct later){.schema = {.steps = later->steps}};
	for (int i = 0; i < schema_current.version; i++)
		later->steps[later->schema.version++] = schema_current.steps[i];
	for (int i = 0; i < steps; i++)
		later->steps[later->schema.version++] = sql;
}

static enum status open_later(struct database_fixture *fixture, struct later *later,
	struct opened_library *library, struct error *error)
{
	struct database_options options = {.path = fixture->path, .schema = &later->schema};

	return opened_library_try(library, &options, error);
}

static size_t count_copies(struct database_fixture *fixture)
{
	DIR *directory = opendir(fixture->folder);
	struct dirent *entry;
	size_t count = 0;

	while ((entry = readdir(directory)))
		count += strstr(entry->d_name, ".before-") != NULL;
	closedir(directory);
	return count;
}

static void an_earlier_library_is_brought_up_with_a_copy_before(void **state)
{
	struct database_fixture *fixture = *state;
	struct opened_library library;
	struct later later;
	char *copy;
	mode_t old = umask(0);

	make_later(&later, "ALTER TABLE bookmarks ADD COLUMN rating INTEGER NOT NULL DEFAULT 3", 1);
	database_fixture_fill(fixture, 20);
	assert_int_equal(open_later(fixture, &later, &library, NULL), STATUS_OK);
	umask(old);
	assert_int_equal(
		opened_library_ask(&library, "PRAGMA user_version"), schema_current.version + 1);
	assert_int_equal(opened_library_ask(&library, "SELECT sum(rating) FROM bookmarks"), 60);
	opened_library_close(&library);

	copy = safety_copy_newest(fixture->path);
	assert_non_null(copy);
	assert_int_equal(database_fixture_mode(copy), 0600);
	opened_library_open(&library, copy);
	assert_int_equal(opened_library_count(&library), 20);
	opened_library_close(&library);
	free(copy);
}

static void a_step_that_fails_leaves_everything_as_it_was(void **state)
{
	struct database_fixture *fixture = *state;
	struct opened_library library;
	struct error error = {0};
	struct later later;

	make_later(&later, "DELETE FROM bookmarks; ALTER TABLE nowhere ADD COLUMN x", 1);
	database_fixture_fill(fixture, 20);
	assert_int_not_equal(open_later(fixture, &later, &library, &error), STATUS_OK);
	assert_true(error.text[0]);
	opened_library_open(&library, fixture->path);
	assert_int_equal(opened_library_count(&library), 20);
	assert_int_equal(
		opened_library_ask(&library, "PRAGMA user_version"), schema_current.version);
	opened_library_close(&library);
	assert_int_equal(count_copies(fixture), 1);
}

static void three_copies_are_kept(void **state)
{
	struct database_fixture *fixture = *state;
	struct opened_library library;
	struct later later;
	char *last = memory_print("barky.db.before-%d.5", schema_current.version + 4);
	char *newest,
		*oldest = memory_print("%s.before-%d.1", fixture->path, schema_current.version);

	database_fixture_fill(fixture, 2);
	for (int steps = 1; steps <= 5; steps++) {
		make_later(&later, "SELECT 1", steps);
		assert_int_equal(open_later(fixture, &later, &library, NULL), STATUS_OK);
		opened_library_close(&library);
	}
	assert_int_equal(count_copies(fixture), 3);
	newest = safety_copy_newest(fixture->path);
	assert_non_null(strstr(newest, last));
	assert_int_not_equal(access(oldest, F_OK), 0);
	free(newest);
	free(oldest);
	free(last);
}

static void a_library_of_the_first_barkys_keeps_everything(void **state)
{
	struct database_fixture *fixture = *state;
	struct opened_library library, copy;
	char *path, history[LIBRARY_HISTORY_SIZE];

	database_fixture_fill_first(fixture, 20);
	opened_library_open(&library, fixture->path);
	assert_int_equal(
		opened_library_ask(&library, "PRAGMA user_version"), schema_current.version);
	assert_int_equal(opened_library_count(&library), 20);
	assert_int_equal(library_history(library.database, history, NULL), STATUS_OK);
	assert_int_equal(strlen(history), 32);
	assert_int_equal(opened_library_add(&library, "https://new.example", NULL), STATUS_OK);
	opened_library_close(&library);

	path = safety_copy_newest(fixture->path);
	assert_non_null(path);
	opened_library_open(&copy, path); /* it can be opened in its turn */
	assert_int_equal(opened_library_count(&copy), 20);
	opened_library_close(&copy);
	free(path);
}

/* The first barkys know one schema. */
static void an_older_program_leaves_a_newer_library_alone(void **state)
{
	struct database_fixture *fixture = *state;
	const struct schema first = {schema_current.steps, 1};
	struct database_options options = {.path = fixture->path, .schema = &first};
	char *newer = memory_print("schema %d", schema_current.version);
	struct database *database;
	struct error error = {0};

	database_fixture_fill(fixture, 3);
	assert_int_equal(database_open(&database, &options, &error), STATUS_TOO_NEW);
	assert_non_null(strstr(error.text, newer));
	free(newer);
	assert_non_null(strstr(error.text, "this one knows schema 1"));
}

static void an_opening_that_migrates_says_to_which_schema(void **state)
{
	struct database_fixture *fixture = *state;
	struct opened_library library;
	struct later later;
	struct database_options options = {.path = fixture->path, .schema = &later.schema};

	make_later(&later, "SELECT 1", 1);
	database_fixture_fill(fixture, 1);
	assert_int_equal(opened_library_try(&library, &options, NULL), STATUS_OK);
	assert_int_equal(database_migrated(library.database), schema_current.version + 1);
	opened_library_close(&library);
	assert_int_equal(opened_library_try(&library, &options, NULL), STATUS_OK);
	assert_int_equal(database_migrated(library.database), 0);
	opened_library_close(&library);
}

static int open_in_child(struct database_fixture *fixture)
{
	struct database_options options = {.path = fixture->path};
	struct opened_library library;

	if (opened_library_try(&library, &options, NULL) != STATUS_OK)
		return 1;
	opened_library_close(&library);
	return 0;
}

static void several_programs_migrate_once(void **state)
{
	struct database_fixture *fixture = *state;
	pid_t children[4];
	int exit_state;

	database_fixture_fill_first(fixture, 50);
	for (int i = 0; i < 4; i++) {
		children[i] = fork();
		if (children[i] == 0)
			_exit(open_in_child(fixture));
	}
	for (int i = 0; i < 4; i++) {
		waitpid(children[i], &exit_state, 0);
		assert_int_equal(exit_state, 0);
	}
	opened_library_assert_sound(fixture->path);
	assert_int_equal(open_in_child(fixture), 0);
}

/* Earlier copies are whole, or not there. */
static void assert_copies_sound(struct database_fixture *fixture)
{
	DIR *directory = opendir(fixture->folder);
	struct dirent *entry;

	while ((entry = readdir(directory))) {
		char *path;

		if (!strstr(entry->d_name, ".before-") || strstr(entry->d_name, ".new."))
			continue;
		path = temporary_folder_file(fixture->folder, entry->d_name);
		opened_library_assert_sound(path);
		free(path);
	}
	closedir(directory);
}

static void a_killed_migration_is_made_by_the_next(void **state)
{
	struct database_fixture *fixture = *state;

	struct opened_library library;

	srand(2);
	for (int round = 0; round < 30; round++) {
		pid_t child;

		unlink(fixture->path);
		database_fixture_fill_first(fixture, 30);
		child = fork();
		if (child == 0)
			_exit(open_in_child(fixture));
		usleep((useconds_t)(rand() % 12000));
		kill(child, SIGKILL);
		waitpid(child, NULL, 0);
		assert_copies_sound(fixture);
		opened_library_open(&library, fixture->path);
		assert_int_equal(opened_library_count(&library), 30);
		opened_library_close(&library);
		opened_library_assert_sound(fixture->path);
	}
}

static void a_damaged_library_is_told_where_the_copy_is(void **state)
{
	struct database_fixture *fixture = *state;
	struct opened_library library;
	struct error error = {0};
	struct later later;
	char *copy = memory_print("barky.db.before-%d.1", schema_current.version);

	make_later(&later, "SELECT 1", 1);
	database_fixture_fill(fixture, 50);
	assert_int_equal(open_later(fixture, &later, &library, NULL), STATUS_OK);
	opened_library_close(&library);
	assert_int_equal(truncate(fixture->path, 200), 0);
	assert_int_equal(open_later(fixture, &later, &library, &error), STATUS_DAMAGED);
	assert_non_null(strstr(error.text, "the newest copy"));
	assert_non_null(strstr(error.text, copy));
	free(copy);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		test(an_earlier_library_is_brought_up_with_a_copy_before),
		test(a_step_that_fails_leaves_everything_as_it_was),
		test(a_library_of_the_first_barkys_keeps_everything),
		test(an_older_program_leaves_a_newer_library_alone),
		test(three_copies_are_kept),
		test(an_opening_that_migrates_says_to_which_schema),
		test(several_programs_migrate_once),
		test(a_killed_migration_is_made_by_the_next),
		test(a_damaged_library_is_told_where_the_copy_is),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
