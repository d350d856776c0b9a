#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "domain/base/memory.h"
#include "tests/fixtures/database_fixture.h"
#include "tests/fixtures/opened_library.h"
#include "tests/fixtures/scale.h"

#define test(name)                                                                                 \
	cmocka_unit_test_setup_teardown(name, database_fixture_setup, database_fixture_teardown)

/* One program that adds so many bookmarks, each acknowledged by a byte. */
static int write_many(const char *path, int writer, int count, int acknowledged)
{
	struct opened_library library;

	opened_library_open(&library, path);
	for (int i = 0; i < count; i++) {
		char url[64];

		snprintf(url, sizeof(url), "https://%d.example/%d", writer, i);
		if (opened_library_add(&library, url, NULL) != STATUS_OK)
			return 1;
		if (acknowledged >= 0 && write(acknowledged, "x", 1) != 1)
			return 2;
	}
	opened_library_close(&library);
	return 0;
}

static void assert_writers(struct database_fixture *fixture, int writers, int count)
{
	pid_t children[8];
	struct opened_library library;

	for (int i = 0; i < writers; i++) {
		children[i] = fork();
		assert_true(children[i] >= 0);
		if (children[i] == 0)
			_exit(write_many(fixture->path, i, count, -1));
	}
	for (int i = 0; i < writers; i++) {
		int state;

		waitpid(children[i], &state, 0);
		assert_int_equal(state, 0);
	}
	opened_library_assert_sound(fixture->path);
	opened_library_open(&library, fixture->path);
	assert_int_equal(opened_library_count(&library), writers * count);
	opened_library_close(&library);
}

static void two_programs_lose_nothing(void **state)
{
	assert_writers(*state, 2, 300);
}

static void eight_programs_lose_nothing(void **state)
{
	assert_writers(*state, 8, scale_of("WRITER_CHANGES", 100));
}

static size_t count_bytes(int fd)
{
	char bytes[256];
	size_t count = 0;
	ssize_t got;

	while ((got = read(fd, bytes, sizeof(bytes))) > 0)
		count += (size_t)got;
	return count;
}

/* Starts a writer, kills it after a while, and gives the number of what it acknowledged. */
static size_t write_until_killed(struct database_fixture *fixture, int writer, long microseconds)
{
	int ends[2];
	pid_t child;
	size_t acknowledged;

	assert_int_equal(pipe(ends), 0);
	child = fork();
	assert_true(child >= 0);
	if (child == 0)
		_exit(write_many(fixture->path, writer, 100000, ends[1]));
	close(ends[1]);
	usleep((useconds_t)microseconds);
	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
	acknowledged = count_bytes(ends[0]);
	close(ends[0]);
	return acknowledged;
}

static void what_a_killed_program_acknowledged_is_there(void **state)
{
	struct database_fixture *fixture = *state;
	size_t acknowledged = 0, found;
	long patience = 30000; /* microseconds */

	srand(1);
	for (int round = 0; round < 60; round++) {
		struct opened_library library;

		acknowledged += write_until_killed(fixture, round, rand() % patience);
		opened_library_open(&library, fixture->path);
		found = opened_library_count(&library);
		opened_library_close(&library);
		assert_true(found >= acknowledged && found <= acknowledged + 1);
		acknowledged = found;
		if (acknowledged == 0)
			patience *= 2; /* until even a slow machine gets somewhere */
		opened_library_assert_sound(fixture->path);
	}
	assert_true(acknowledged > 0);
}

#define LISTED 300

/* How often each of the first bookmarks was visited, and how many others were. */
struct visits {
	int times[LISTED + 1];
	size_t others;
};

static bool count_visit(void *self, const struct bookmark *bookmark)
{
	struct visits *visits = self;

	usleep(200);
	if (bookmark->id <= LISTED)
		visits->times[bookmark->id]++;
	else
		visits->others++;
	return true;
}

/* Between two pieces of a listing the other program writes; what was there from the start is there
 * once. */
static void a_listing_is_exact_whatever_others_write(void **state)
{
	struct database_fixture *fixture = *state;
	struct opened_library library;
	static const enum listing_order orders[] = {BY_TITLE, BY_ADDED, BY_MODIFIED, BY_ID};
	pid_t child;

	database_fixture_fill(fixture, LISTED);
	child = fork();
	if (child == 0)
		_exit(write_many(fixture->path, 1, 200, -1));
	opened_library_open(&library, fixture->path);
	for (size_t i = 0; i < 8; i++) {
		struct listing listing = {.order = orders[i / 2], .reverse = i % 2};
		struct visits visits = {0};

		assert_int_equal(library.catalogue->each(
					 library.catalogue, &listing, count_visit, &visits, NULL),
			STATUS_OK);
		for (int id = 1; id <= LISTED; id++)
			assert_int_equal(visits.times[id], 1);
		assert_true(visits.others <= 200);
	}
	waitpid(child, NULL, 0);
	assert_int_equal(opened_library_count(&library), LISTED + 200);
	opened_library_close(&library);
}

static void two_programs_can_make_the_same_library_at_once(void **state)
{
	struct database_fixture *fixture = *state;

	for (int round = 0; round < 10; round++) {
		unlink(fixture->path);
		assert_writers(fixture, 4, 2);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		test(two_programs_lose_nothing),
		test(eight_programs_lose_nothing),
		test(what_a_killed_program_acknowledged_is_there),
		test(a_listing_is_exact_whatever_others_write),
		test(two_programs_can_make_the_same_library_at_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
