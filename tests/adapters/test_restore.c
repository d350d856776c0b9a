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

#include "adapters/sqlite/backup.h"
#include "adapters/sqlite/restore.h"
#include "domain/base/memory.h"
#include "tests/fixtures/database_fixture.h"
#include "tests/fixtures/fault_vfs.h"
#include "tests/fixtures/opened_library.h"
#include "tests/fixtures/temporary_folder.h"

#define test(name)                                                                                 \
	cmocka_unit_test_setup_teardown(name, database_fixture_setup, database_fixture_teardown)

/* A library of count bookmarks, a copy of it, and so many more in the library since. */
static char *make_copy_then_add(struct database_fixture *fixture, int count, int more)
{
	char *copy = temporary_folder_file(fixture->folder, "copy.db");
	struct opened_library library;

	database_fixture_fill(fixture, count);
	opened_library_open(&library, fixture->path);
	assert_int_equal(
		backup_write(database_handle(library.database), copy, false, NULL), STATUS_OK);
	for (int i = 0; i < more; i++) {
		char url[64];

		snprintf(url, sizeof(url), "https://more-%d.example", i);
		assert_int_equal(opened_library_add(&library, url, NULL), STATUS_OK);
	}
	opened_library_close(&library);
	return copy;
}

static size_t count_of(const char *path)
{
	struct opened_library library;
	size_t count;

	opened_library_assert_sound(path);
	opened_library_open(&library, path);
	count = opened_library_count(&library);
	opened_library_close(&library);
	return count;
}

static enum status restore_from(struct database_fixture *fixture, const char *from, char **kept)
{
	struct restore restore = {.from = from, .path = fixture->path};
	struct error error = {0};
	enum status status = restore_run(&restore, kept, &error);

	assert_int_equal(status != STATUS_OK, error.text[0] != '\0');
	return status;
}

static void what_was_there_is_kept_and_the_copy_is_shown(void **state)
{
	struct database_fixture *fixture = *state;
	char *copy = make_copy_then_add(fixture, 3, 2), *kept;

	assert_int_equal(restore_from(fixture, copy, &kept), STATUS_OK);
	assert_int_equal(count_of(fixture->path), 3);
	assert_int_equal(count_of(kept), 5);
	assert_int_equal(count_of(copy), 3);
	assert_int_equal(database_fixture_mode(kept), 0600);
	free(kept);
	free(copy);
}

static void an_open_program_refuses_to_write_then_shows_it(void **state)
{
	struct database_fixture *fixture = *state;
	char *copy = make_copy_then_add(fixture, 3, 2), *kept;
	struct opened_library open;
	struct error error = {0};

	opened_library_open(&open, fixture->path);
	assert_int_equal(opened_library_count(&open), 5);
	assert_int_equal(restore_from(fixture, copy, &kept), STATUS_OK);
	assert_int_equal(database_place(open.database), LIBRARY_REPLACED);
	assert_int_equal(opened_library_add(&open, "https://late.example", &error), STATUS_IO);
	assert_non_null(strstr(error.text, "nothing was changed"));
	assert_int_equal(database_reopen(open.database, NULL), STATUS_OK);
	assert_int_equal(opened_library_count(&open), 3);
	assert_int_equal(opened_library_add(&open, "https://late.example", NULL), STATUS_OK);
	opened_library_close(&open);
	assert_int_equal(count_of(fixture->path), 4);
	free(kept);
	free(copy);
}

static void a_file_moved_over_it_is_never_written_into(void **state)
{
	struct database_fixture *fixture = *state;
	char *copy = make_copy_then_add(fixture, 3, 2);
	struct opened_library open;

	opened_library_open(&open, fixture->path);
	assert_int_equal(rename(copy, fixture->path), 0);
	assert_int_equal(database_place(open.database), LIBRARY_REPLACED);
	assert_int_equal(opened_library_add(&open, "https://late.example", NULL), STATUS_IO);
	assert_int_equal(database_reopen(open.database, NULL), STATUS_OK);
	assert_int_equal(opened_library_count(&open), 3);
	assert_int_equal(opened_library_add(&open, "https://late.example", NULL), STATUS_OK);
	opened_library_close(&open);
	assert_int_equal(count_of(fixture->path), 4);
	free(copy);
}

static void one_that_was_removed_is_not_written_into(void **state)
{
	struct database_fixture *fixture = *state;
	char *copy = make_copy_then_add(fixture, 3, 0);
	struct opened_library open;

	opened_library_open(&open, fixture->path);
	assert_int_equal(unlink(fixture->path), 0);
	assert_int_equal(database_place(open.database), LIBRARY_REMOVED);
	assert_int_equal(opened_library_add(&open, "https://late.example", NULL), STATUS_IO);
	assert_int_equal(opened_library_count(&open), 3); /* it can still be read and copied */
	opened_library_close(&open);
	free(copy);
}

static void a_damaged_library_gives_way_and_is_kept(void **state)
{
	struct database_fixture *fixture = *state;
	char *copy = make_copy_then_add(fixture, 30, 2), *kept;

	assert_int_equal(truncate(fixture->path, 9000), 0);
	assert_int_equal(restore_from(fixture, copy, &kept), STATUS_OK);
	assert_int_equal(count_of(fixture->path), 30);
	assert_int_equal(access(kept, F_OK), 0);
	free(kept);
	free(copy);
}

static void a_copy_of_an_earlier_schema_is_brought_up(void **state)
{
	struct database_fixture *fixture = *state;
	char *first = temporary_folder_file(fixture->folder, "first.db"), *kept;

	database_fixture_fill_first(fixture, 7);
	assert_int_equal(rename(fixture->path, first), 0);
	assert_int_equal(restore_from(fixture, first, &kept), STATUS_OK);
	assert_null(kept);
	assert_int_equal(count_of(fixture->path), 7);
	free(first);
}

static void a_copy_that_is_not_sound_changes_nothing(void **state)
{
	struct database_fixture *fixture = *state;
	char *copy = make_copy_then_add(fixture, 3, 2), *kept;

	database_fixture_meddle(copy, "DROP TABLE changes");
	assert_int_equal(restore_from(fixture, copy, &kept), STATUS_DAMAGED);
	assert_null(kept);
	assert_int_equal(truncate(copy, 9000), 0);
	assert_int_equal(restore_from(fixture, copy, &kept), STATUS_DAMAGED);
	assert_int_equal(restore_from(fixture, fixture->path, &kept), STATUS_INVALID);
	assert_int_equal(restore_from(fixture, "/nowhere/copy.db", &kept), STATUS_INVALID);
	assert_int_equal(count_of(fixture->path), 5);
	free(copy);
}

/* At every call of the disk: the one library or the other, and nothing lost. */
static void a_restore_is_whole_or_absent(void **state)
{
	struct database_fixture *fixture = *state;
	bool met = true;

	for (long at = 1; met && at < 4000; at++) {
		struct fault fault = {.code = SQLITE_FULL, .lasting = at % 2};
		char *copy, *kept;
		size_t count;

		unlink(fixture->path);
		copy = make_copy_then_add(fixture, 3, 2);
		fault.at = at;
		fault_vfs_install(&fault);
		restore_run(&(struct restore){.from = copy, .path = fixture->path}, &kept, NULL);
		fault_vfs_remove();
		met = fault.failed > 0;
		count = count_of(fixture->path);
		assert_true(count == 5 || (count == 3 && kept && count_of(kept) == 5));
		if (kept)
			unlink(kept);
		unlink(copy);
		free(kept);
		free(copy);
	}
	assert_false(met);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		test(what_was_there_is_kept_and_the_copy_is_shown),
		test(an_open_program_refuses_to_write_then_shows_it),
		test(a_file_moved_over_it_is_never_written_into),
		test(one_that_was_removed_is_not_written_into),
		test(a_damaged_library_gives_way_and_is_kept),
		test(a_copy_of_an_earlier_schema_is_brought_up),
		test(a_copy_that_is_not_sound_changes_nothing),
		test(a_restore_is_whole_or_absent),
	};

	/* The faults are made here, so no disk has to be waited for. */
	if (access("/dev/shm", W_OK) == 0)
		setenv("TMPDIR", "/dev/shm", 1);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
