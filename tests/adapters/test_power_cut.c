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

#include "domain/base/memory.h"
#include "tests/fixtures/database_fixture.h"
#include "tests/fixtures/opened_library.h"
#include "tests/fixtures/power_log.h"
#include "tests/fixtures/scale.h"

#define CHANGES 60

#define test(name)                                                                                 \
	cmocka_unit_test_setup_teardown(name, database_fixture_setup, database_fixture_teardown)

/* A log, and how long it was when each change was acknowledged. */
struct story {
	struct power_log log;
	size_t acknowledged[CHANGES];
};

/* Makes changes with a checkpoint every few, so that the file itself is written meanwhile. */
static void tell_story(struct database_fixture *fixture, struct story *story, const char *pragma)
{
	struct fault fault = {0};
	struct opened_library library;

	database_fixture_fill(fixture, 3);
	power_log_init(&story->log, fixture->path, &fault);
	fault_vfs_install(&fault);
	opened_library_open(&library, fixture->path);
	sqlite3_exec(database_handle(library.database), pragma, NULL, NULL, NULL);
	for (int i = 0; i < CHANGES; i++) {
		char url[64];

		snprintf(url, sizeof(url), "https://cut.example/%d", i);
		assert_int_equal(opened_library_add(&library, url, NULL), STATUS_OK);
		story->acknowledged[i] = story->log.count;
	}
	fault.observe = NULL;
	opened_library_close(&library);
	fault_vfs_remove();
}

static size_t acknowledged_at(const struct story *story, size_t entries)
{
	size_t count = 0;

	while (count < CHANGES && story->acknowledged[count] <= entries)
		count++;
	return count;
}

/* Cuts the power at random, opens what is left, and counts the changes that are gone. */
static size_t cut_power(struct database_fixture *fixture, const struct story *story)
{
	char *path = memory_print("%s.cut", fixture->path);
	const int images = scale_of("POWER_IMAGES", 300);
	size_t lost = 0;

	srand(3);
	for (int i = 0; i < images; i++) {
		size_t entries = (size_t)rand() % (story->log.count + 1);
		size_t promised = 3 + acknowledged_at(story, entries);
		struct opened_library library;
		size_t found;

		power_log_rebuild(&story->log, entries, path);
		opened_library_open(&library, path);
		found = opened_library_count(&library);
		opened_library_close(&library);
		opened_library_assert_sound(path);
		lost += found < promised;
		assert_true(found <= promised + 1);
	}
	free(path);
	return lost;
}

static void nothing_acknowledged_is_lost_in_a_power_cut(void **state)
{
	struct database_fixture *fixture = *state;
	struct story story;

	tell_story(fixture, &story, "PRAGMA wal_autocheckpoint = 40");
	assert_int_equal(cut_power(fixture, &story), 0);
	power_log_finish(&story.log);
}

/* The test is worth something: with less than FULL it finds what is lost. */
static void less_than_full_would_lose_some(void **state)
{
	struct database_fixture *fixture = *state;
	struct story story;

	tell_story(fixture, &story, "PRAGMA wal_autocheckpoint = 40; PRAGMA synchronous = NORMAL");
	assert_true(cut_power(fixture, &story) > 0);
	power_log_finish(&story.log);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		test(nothing_acknowledged_is_lost_in_a_power_cut),
		test(less_than_full_would_lose_some),
	};

	if (access("/dev/shm", W_OK) == 0)
		setenv("TMPDIR", "/dev/shm", 1);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
