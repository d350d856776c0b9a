#include "tests/database_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "domain/memory.h"
#include "tests/opened_library.h"
#include "tests/temporary_folder.h"

int database_fixture_setup(void **state)
{
	struct database_fixture *fixture = memory_new(sizeof(*fixture));

	fixture->folder = temporary_folder_make();
	fixture->path = temporary_folder_file(fixture->folder, "barky.db");
	*state = fixture;
	return 0;
}

int database_fixture_teardown(void **state)
{
	struct database_fixture *fixture = *state;

	temporary_folder_remove(fixture->folder);
	free(fixture->path);
	free(fixture);
	return 0;
}

void database_fixture_fill(struct database_fixture *fixture, int count)
{
	struct opened_library library;

	opened_library_open(&library, fixture->path);
	for (int i = 0; i < count; i++) {
		char url[64];

		snprintf(url, sizeof(url), "https://%d.example", i);
		assert_int_equal(opened_library_add(&library, url, NULL), STATUS_OK);
	}
	opened_library_close(&library);
}

int database_fixture_mode(const char *path)
{
	struct stat found;

	if (stat(path, &found) != 0)
		fail_msg("%s is not there", path);
	return found.st_mode & 07777;
}

int database_fixture_in_child(int (*run)(void *self), void *self)
{
	pid_t child = fork();
	int state;

	assert_true(child >= 0);
	if (child == 0)
		_exit(run(self));
	assert_int_equal(waitpid(child, &state, 0), child);
	return WIFEXITED(state) ? WEXITSTATUS(state) : 128 + WTERMSIG(state);
}

void database_fixture_meddle(const char *path, const char *sql)
{
	sqlite3 *handle;

	assert_int_equal(sqlite3_open(path, &handle), SQLITE_OK);
	if (sqlite3_exec(handle, sql, NULL, NULL, NULL) != SQLITE_OK)
		fail_msg("%s: %s", sql, sqlite3_errmsg(handle));
	sqlite3_close(handle);
}

static void hold(const char *path, int milliseconds, int ready)
{
	sqlite3 *handle;
	int code = sqlite3_open(path, &handle);

	if (code == SQLITE_OK)
		code = sqlite3_exec(handle, "BEGIN EXCLUSIVE", NULL, NULL, NULL);
	if (code != SQLITE_OK || write(ready, "x", 1) != 1)
		_exit(1);
	usleep((useconds_t)milliseconds * 1000);
	sqlite3_close(handle);
	_exit(0);
}

pid_t database_fixture_hold_lock(const char *path, int milliseconds)
{
	int ends[2];
	pid_t child;
	char byte;

	assert_int_equal(pipe(ends), 0);
	child = fork();
	assert_true(child >= 0);
	if (child == 0)
		hold(path, milliseconds, ends[1]);
	assert_int_equal(read(ends[0], &byte, 1), 1);
	close(ends[0]);
	close(ends[1]);
	return child;
}
