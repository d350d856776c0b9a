#ifndef TESTS_PROGRAM_FIXTURE_H
#define TESTS_PROGRAM_FIXTURE_H

/*
 * For cmocka: *state is a temporary folder, in front of a PATH that has nothing but it and the
 * system's own; no variable names a browser, an editor, a display or a token.
 */
int program_fixture_setup(void **state);
int program_fixture_teardown(void **state);

/*
 * For a test of a program that cannot be started. The kernel lends posix_spawn(3)'s child the
 * memory of its parent, valgrind gives it a copy: the error stays in the copy, and all looks well.
 */
void program_fixture_skip_under_valgrind(void);

#endif
