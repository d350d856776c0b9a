#ifndef TESTS_DATABASE_FIXTURE_H
#define TESTS_DATABASE_FIXTURE_H

#include <sys/types.h>

/* For cmocka: *state is a struct database_fixture, in a folder of its own. */
struct database_fixture {
	char *folder;
	char *path; /* of the library, which is not there yet */
};

int database_fixture_setup(void **state);
int database_fixture_teardown(void **state);

/* Makes the library with so many bookmarks, and closes it. */
void database_fixture_fill(struct database_fixture *fixture, int count);

/* The permission bits of a path; fails the test if it is not there. */
int database_fixture_mode(const char *path);

/* Runs a function in a child process and gives its exit code. */
int database_fixture_in_child(int (*run)(void *self), void *self);

/* Starts a child that holds the library's write lock, and returns when it does. */
pid_t database_fixture_hold_lock(const char *path, int milliseconds);

/* Runs SQL on the file with no setting of ours. */
void database_fixture_meddle(const char *path, const char *sql);

#endif
