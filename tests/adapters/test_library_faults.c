#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "domain/bus/bus.h"
#include "domain/base/memory.h"
#include "adapters/sqlite/backup.h"
#include "adapters/sqlite/schema.h"
#include "tests/fixtures/database_fixture.h"
#include "tests/fixtures/fault_vfs.h"
#include "tests/fixtures/opened_library.h"

/*
 * A fault at every point in turn, once and from then on, in the manner of SQLite's own tests; what
 * counts is not what was answered but what is found when the library is opened again.
 */
#define test(name)                                                                                 \
	cmocka_unit_test_setup_teardown(name, database_fixture_setup, database_fixture_teardown)

/* The clock stands still. */
static int64_t now(struct clock *clock)
{
	(void)clock;
	return 5000;
}

struct run {
	struct database_fixture *fixture;
	int acknowledged;   /* changes */
	enum status status; /* of the first that failed */
	struct error error;
};

static enum status hand_in(struct bus *bus, const struct command *command, struct run *run)
{
	struct result result = {0};
	enum status status = bus_handle(bus, command, &result);

	if (status == STATUS_OK)
		run->acknowledged++;
	else
		run->error = result.error;
	result_finish(&result);
	return status;
}

/* Six changes, each building on the one before: add, edit, delete, undo, redo, add two. */
static enum status change_six_times(struct bus *bus, struct run *run)
{
	const struct bookmark_draft one = {.url = "https://new.example", .title = "New"};
	const struct bookmark_draft two[] = {
		{.url = "https://x.example"}, {.url = "https://y.example"}};
	const struct bookmark_edit edit = {.id = 4, .patch = {.title = "Edited", .notes = "N"}};
	const int64_t id = 4;
	const struct command commands[] = {
		{.type = ADD_BOOKMARKS, .as.add_bookmarks = {.drafts = &one, .count = 1}},
		{.type = EDIT_BOOKMARKS, .as.edit_bookmarks = {.edits = &edit, .count = 1}},
		{.type = DELETE_BOOKMARKS, .as.delete_bookmarks = {.ids = &id, .count = 1}},
		{.type = UNDO, .as.undo.steps = 1},
		{.type = REDO, .as.redo.steps = 1},
		{.type = ADD_BOOKMARKS, .as.add_bookmarks = {.drafts = two, .count = 2}},
	};
	enum status status = STATUS_OK;

	for (size_t i = 0; i < sizeof(commands) / sizeof(*commands) && status == STATUS_OK; i++)
		status = hand_in(bus, &commands[i], run);
	return status;
}

static void work(struct run *run)
{
	struct opened_library library = {0};
	struct clock clock = {now};
	struct signals signals = {0};
	struct database_options options = {.path = run->fixture->path, .wait_ms = 50};
	struct bus *bus;

	run->status = opened_library_try(&library, &options, &run->error);
	if (run->status != STATUS_OK)
		return;
	bus = bus_new(library.work, &clock, &signals);
	run->status = change_six_times(bus, run);
	bus_free(bus);
	signals_finish(&signals);
	opened_library_close(&library);
}

/* What the library holds after so many of the six changes; 3 bookmarks were there before. */
static void assert_state(struct database_fixture *fixture, int acknowledged)
{
	static const long long events[] = {0, 1, 2, 3, 4, 5, 6};
	static const size_t counts[] = {3, 4, 4, 3, 4, 3, 5};
	struct opened_library library;
	long long found;

	opened_library_assert_sound(fixture->path);
	opened_library_open(&library, fixture->path);
	found = opened_library_ask(&library, "SELECT count(*) FROM events");
	assert_true(found >= events[acknowledged] && found <= events[acknowledged] + 1);
	assert_int_equal(opened_library_count(&library), counts[found]);
	opened_library_close(&library);
}

/* A failure has a status of its own kind and words. */
static void assert_told(const struct run *run)
{
	if (run->status == STATUS_OK) {
		assert_int_equal(run->acknowledged, 6);
		return;
	}
	if (run->status != STATUS_FULL && run->status != STATUS_IO &&
		run->status != STATUS_READ_ONLY && run->status != STATUS_BUSY &&
		run->status != STATUS_DAMAGED)
		fail_msg("status %d: %s", (int)run->status, run->error.text);
}

/* Each point in turn, until a run meets none. */
static void try_every_point(struct database_fixture *fixture, struct fault kind)
{
	for (long at = 1; at < 2000; at++) {
		struct fault fault = kind;
		struct run run = {.fixture = fixture};

		unlink(fixture->path);
		database_fixture_fill(fixture, 3);
		fault.at = at;
		fault_vfs_install(&fault);
		work(&run);
		fault_vfs_remove();
		assert_told(&run);
		assert_state(fixture, run.acknowledged);
		if (!fault.failed) {
			assert_int_equal(run.status, STATUS_OK);
			return;
		}
	}
	fail_msg("there is no end to it");
}

static void a_disk_that_is_full_once(void **state)
{
	try_every_point(*state, (struct fault){.code = SQLITE_FULL});
}

static void a_disk_that_stays_full(void **state)
{
	try_every_point(*state, (struct fault){.code = SQLITE_FULL, .lasting = true});
}

static void a_disk_that_fails_once(void **state)
{
	try_every_point(*state, (struct fault){.code = SQLITE_IOERR_WRITE, .reads = true});
}

static void a_disk_that_goes_on_failing(void **state)
{
	try_every_point(
		*state, (struct fault){.code = SQLITE_IOERR_WRITE, .reads = true, .lasting = true});
}

/* A backup that meets a fault leaves no file, and the library as it is. */
static void a_backup_is_whole_or_absent(void **state)
{
	struct database_fixture *fixture = *state;
	char *copy = memory_print("%s.copy", fixture->path);
	struct fault fault = {.code = SQLITE_FULL};
	bool met = true;

	database_fixture_fill(fixture, 100);
	for (long at = 1; met && at < 2000; at++) {
		struct opened_library library;
		enum status status;

		fault.at = fault.calls = fault.failed = 0;
		fault_vfs_install(&fault);
		opened_library_open(&library, fixture->path);
		fault.calls = 0;
		fault.at = at;
		status = backup_write(database_handle(library.database), copy, false, NULL);
		met = fault.failed > 0;
		fault.at = 0;
		opened_library_close(&library);
		fault_vfs_remove();
		if (status == STATUS_OK)
			opened_library_assert_sound(copy);
		else
			assert_int_not_equal(access(copy, F_OK), 0);
		unlink(copy);
	}
	assert_false(met);
	opened_library_assert_sound(fixture->path);
	free(copy);
}

/* A migration that meets a fault leaves the old schema or the new one, and all bookmarks. */
static void try_migration(struct database_fixture *fixture, struct fault kind)
{
	bool met = true;

	for (long at = 1; met && at < 2000; at++) {
		struct database_options options = {.path = fixture->path};
		struct opened_library library;
		struct fault fault = kind;
		enum status status;

		unlink(fixture->path);
		database_fixture_fill_first(fixture, 20);
		fault.at = at;
		fault_vfs_install(&fault);
		status = opened_library_try(&library, &options, NULL);
		if (status == STATUS_OK)
			opened_library_close(&library);
		fault_vfs_remove();
		met = fault.failed > 0;
		opened_library_assert_sound(fixture->path);
		assert_int_equal(opened_library_try(&library, &options, NULL), STATUS_OK);
		assert_int_equal(opened_library_ask(&library, "PRAGMA user_version"),
			schema_current.version);
		assert_int_equal(opened_library_ask(&library,
					 "SELECT count(*) FROM bookmarks b JOIN events e USING (id)"
					 " JOIN changes c USING (id) WHERE e.origin = ''"),
			20);
		opened_library_close(&library);
	}
	assert_false(met);
}

static void a_migration_is_whole_or_absent(void **state)
{
	try_migration(*state, (struct fault){.code = SQLITE_FULL});
	try_migration(*state, (struct fault){.code = SQLITE_FULL, .lasting = true});
	try_migration(*state, (struct fault){.code = SQLITE_IOERR_WRITE, .reads = true});
	try_migration(
		*state, (struct fault){.code = SQLITE_IOERR_WRITE, .reads = true, .lasting = true});
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		test(a_disk_that_is_full_once),
		test(a_disk_that_stays_full),
		test(a_disk_that_fails_once),
		test(a_disk_that_goes_on_failing),
		test(a_backup_is_whole_or_absent),
		test(a_migration_is_whole_or_absent),
	};

	/* The faults are made here, so no disk has to be waited for. */
	if (access("/dev/shm", W_OK) == 0)
		setenv("TMPDIR", "/dev/shm", 1);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
