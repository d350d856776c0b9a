#include <grp.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "adapters/sqlite/backup.h"
#include "domain/base/memory.h"
#include "tests/fixtures/database_fixture.h"
#include "tests/fixtures/opened_library.h"
#include "tests/fixtures/patience.h"
#include "tests/fixtures/temporary_folder.h"

#define NOBODY 65534

#define test(name)                                                                                 \
	cmocka_unit_test_setup_teardown(name, database_fixture_setup, database_fixture_teardown)

static void keep_line(void *self, const char *line)
{
	strcat(strcat(self, line), "\n");
}

static void a_lock_that_is_given_back_is_waited_for(void **state)
{
	struct database_fixture *fixture = *state;
	char said[1000] = "", expected[200];
	struct database_options options = {
		.path = fixture->path, .note_ms = 100, .waiting = keep_line, .self = said};
	struct opened_library library;
	pid_t holder;

	database_fixture_fill(fixture, 1);
	assert_int_equal(opened_library_try(&library, &options, NULL), STATUS_OK);
	holder = database_fixture_hold_lock(fixture->path, 600);
	assert_int_equal(opened_library_add(&library, "https://b.example", NULL), STATUS_OK);
	snprintf(expected, sizeof(expected),
		"waiting for another program (process %ld) that holds the library\n", (long)holder);
	assert_string_equal(said, expected);
	waitpid(holder, NULL, 0);
	opened_library_close(&library);
}

static void a_lock_that_is_kept_is_given_up_in_time(void **state)
{
	struct database_fixture *fixture = *state;
	struct database_options options = {.path = fixture->path, .wait_ms = 400};
	struct opened_library library;
	struct error error = {0};
	char expected[200];
	pid_t holder;

	database_fixture_fill(fixture, 1);
	assert_int_equal(opened_library_try(&library, &options, NULL), STATUS_OK);
	holder = database_fixture_hold_lock(fixture->path, 2 * PATIENCE_MS);
	assert_int_equal(opened_library_add(&library, "https://b.example", &error), STATUS_BUSY);
	snprintf(expected, sizeof(expected), "another program (process %ld) holds the library",
		(long)holder);
	assert_non_null(strstr(error.text, expected));
	assert_int_equal(waitpid(holder, NULL, WNOHANG), 0); /* it holds it still */
	assert_int_equal(opened_library_count(&library), 1); /* reading goes on */
	kill(holder, SIGKILL);
	waitpid(holder, NULL, 0);
	assert_int_equal(opened_library_add(&library, "https://b.example", NULL), STATUS_OK);
	opened_library_close(&library);
}

static void a_wait_ends_when_it_is_to_stop(void **state)
{
	struct database_fixture *fixture = *state;
	volatile sig_atomic_t stop = 1;
	struct database_options options = {.path = fixture->path, .stop = &stop};
	struct opened_library library;
	pid_t holder;

	database_fixture_fill(fixture, 1);
	assert_int_equal(opened_library_try(&library, &options, NULL), STATUS_OK);
	holder = database_fixture_hold_lock(fixture->path, 2 * PATIENCE_MS);
	assert_int_equal(opened_library_add(&library, "https://b.example", NULL), STATUS_BUSY);
	assert_int_equal(waitpid(holder, NULL, WNOHANG), 0); /* it holds it still */
	kill(holder, SIGKILL);
	waitpid(holder, NULL, 0);
	opened_library_close(&library);
}

/* Adds until the file may grow no more; 0 if that was told as it should be. */
static int fill_up(void *self)
{
	struct database_fixture *fixture = self;
	struct rlimit limit = {400000, 400000};
	struct opened_library library;
	struct error error = {0};
	enum status status = STATUS_OK;
	int added = 0;

	signal(SIGXFSZ, SIG_IGN);
	opened_library_open(&library, fixture->path);
	setrlimit(RLIMIT_FSIZE, &limit);
	for (; status == STATUS_OK && added < 100000; added++) {
		char url[64];

		snprintf(url, sizeof(url), "https://full.example/%d", added);
		status = opened_library_add(&library, url, &error);
	}
	if (status != STATUS_FULL)
		return 1;
	if (opened_library_count(&library) != 10 + (size_t)added - 1)
		return 2;
	opened_library_close(&library);
	return 0;
}

static void a_full_disk_is_named_and_nothing_is_lost(void **state)
{
	struct database_fixture *fixture = *state;
	struct opened_library library;

	database_fixture_fill(fixture, 10);
	assert_int_equal(database_fixture_in_child(fill_up, fixture), 0);
	opened_library_assert_sound(fixture->path);
	opened_library_open(&library, fixture->path);
	assert_true(opened_library_count(&library) > 10);
	assert_int_equal(opened_library_add(&library, "https://more.example", NULL), STATUS_OK);
	opened_library_close(&library);
}

/* A transaction that goes on after SQLite has rolled back must not commit its second half. */
static int go_on_after_full(void *self)
{
	struct database_fixture *fixture = self;
	struct rlimit limit = {200000, 200000};
	struct opened_library library;
	struct repository *bookmarks;
	struct bookmark bookmark;
	enum status status;
	size_t count;
	int failures = 0;

	signal(SIGXFSZ, SIG_IGN);
	opened_library_open(&library, fixture->path);
	setrlimit(RLIMIT_FSIZE, &limit);
	bookmarks = library.work->bookmarks;
	library.work->begin(library.work, NULL);
	bookmark_init(&bookmark);
	for (int i = 0; i < 40000 && failures < 3; i++) {
		char url[600];

		memset(url, 'x', sizeof(url));
		snprintf(url, 40, "https://full.example/%d", i);
		url[strlen(url)] = '/';
		url[sizeof(url) - 1] = '\0';
		bookmark_set(&bookmark.url, url);
		bookmark.id = 0;
		failures += bookmarks->add(bookmarks, &bookmark) != STATUS_OK;
	}
	bookmark_finish(&bookmark);
	status = library.work->commit(library.work, NULL);
	count = opened_library_count(&library);
	opened_library_close(&library);
	if (status != STATUS_FULL)
		return 1;
	return count == 10 ? 0 : 2;
}

static void half_a_transaction_is_never_kept(void **state)
{
	struct database_fixture *fixture = *state;
	struct opened_library library;

	database_fixture_fill(fixture, 10);
	assert_int_equal(database_fixture_in_child(go_on_after_full, fixture), 0);
	opened_library_open(&library, fixture->path);
	assert_int_equal(opened_library_count(&library), 10);
	opened_library_close(&library);
}

static int become_nobody(void)
{
	return setgroups(0, NULL) == 0 && setgid(NOBODY) == 0 && setuid(NOBODY) == 0;
}

static int reach(void *self)
{
	const struct database_fixture *fixture = self;

	return become_nobody() && access(fixture->folder, F_OK) == 0 ? 0 : 1;
}

/* Root is stopped by no mode, so these run as somebody else, who has to get to the folder at all.
 */
static void skip_unless_nobody_can_reach(struct database_fixture *fixture)
{
	if (geteuid() == 0 && database_fixture_in_child(reach, fixture) != 0)
		skip();
}

/* As a user who can write neither the file nor its folder: reads all, writes nothing. */
static int only_read(void *self)
{
	struct database_fixture *fixture = self;
	struct database_options options = {.path = fixture->path};
	struct opened_library library;
	struct error error = {0};

	if (geteuid() == 0 && !become_nobody())
		return 1;
	if (opened_library_try(&library, &options, &error) != STATUS_OK)
		return 2;
	if (opened_library_count(&library) != 5)
		return 3;
	if (opened_library_add(&library, "https://b.example", &error) != STATUS_READ_ONLY)
		return 4;
	if (!strstr(error.text, "cannot be written"))
		return 5;
	opened_library_close(&library);
	return 0;
}

static void give_to_reader(const char *path)
{
	if (geteuid() == 0)
		assert_int_equal(chown(path, NOBODY, NOBODY), 0);
}

static void what_cannot_be_written_can_be_read(void **state)
{
	struct database_fixture *fixture = *state;

	skip_unless_nobody_can_reach(fixture);
	database_fixture_fill(fixture, 5);
	give_to_reader(fixture->path);
	give_to_reader(fixture->folder);
	chmod(fixture->path, 0400);
	chmod(fixture->folder, 0500);
	assert_int_equal(database_fixture_in_child(only_read, fixture), 0);
	chmod(fixture->folder, 0700);
	assert_int_equal(database_fixture_in_child(only_read, fixture), 0);
}

/* Where the folder alone forbids, a new library cannot be made either. */
static int make_one(void *self)
{
	struct database_fixture *fixture = self;
	struct opened_library library;
	struct error error = {0};

	if (geteuid() == 0 && !become_nobody())
		return 1;
	if (opened_library_try(&library, &(struct database_options){.path = fixture->path},
		    &error) != STATUS_READ_ONLY)
		return 2;
	return strstr(error.text, "barky.db: Permission denied") ? 0 : 3;
}

static void a_folder_that_forbids_it_is_named(void **state)
{
	struct database_fixture *fixture = *state;

	skip_unless_nobody_can_reach(fixture);
	give_to_reader(fixture->folder);
	chmod(fixture->folder, 0500);
	assert_int_equal(database_fixture_in_child(make_one, fixture), 0);
}

static void a_backup_is_a_library_of_the_same_state(void **state)
{
	struct database_fixture *fixture = *state;
	char *copy = temporary_folder_file(fixture->folder, "copy.db");
	struct opened_library library, copied;
	struct error error = {0};
	mode_t old = umask(0);

	database_fixture_fill(fixture, 50);
	opened_library_open(&library, fixture->path);
	opened_library_add(&library, "https://in-the-wal.example", NULL);
	assert_int_equal(
		backup_write(database_handle(library.database), copy, false, &error), STATUS_OK);
	umask(old);
	assert_int_equal(database_fixture_mode(copy), 0600);
	opened_library_open(&copied, copy);
	assert_int_equal(opened_library_count(&copied), 51);
	assert_int_equal(opened_library_add(&copied, "https://z.example", NULL), STATUS_OK);
	opened_library_close(&copied);
	assert_int_equal(opened_library_count(&library), 51);

	assert_int_equal(backup_write(database_handle(library.database), copy, false, &error),
		STATUS_CONFLICT);
	assert_non_null(strstr(error.text, "copy.db is there already"));
	assert_int_equal(
		backup_write(database_handle(library.database), copy, true, NULL), STATUS_OK);
	assert_int_equal(
		backup_write(database_handle(library.database), "/nowhere/x.db", false, &error),
		STATUS_IO);
	opened_library_close(&library);
	free(copy);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		test(a_lock_that_is_given_back_is_waited_for),
		test(a_lock_that_is_kept_is_given_up_in_time),
		test(a_wait_ends_when_it_is_to_stop),
		test(a_full_disk_is_named_and_nothing_is_lost),
		test(half_a_transaction_is_never_kept),
		test(what_cannot_be_written_can_be_read),
		test(a_folder_that_forbids_it_is_named),
		test(a_backup_is_a_library_of_the_same_state),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
