#ifndef TESTS_FAKE_PROGRAM_H
#define TESTS_FAKE_PROGRAM_H

/*
 * Programs for tests of what starts others: shell scripts in a folder, which the test puts at the
 * front of PATH. Each writes its arguments, one in angle brackets a line, to NAME.log beside it,
 * then runs the rest of its text.
 */
void fake_program_make(const char *folder, const char *name, const char *rest);

/* What NAME.log says; "" if it is not there. The caller frees it. */
char *fake_program_log(const char *folder, const char *name);

/* The whole of a file in the folder; "" if it is not there. The caller frees it. */
char *fake_program_file(const char *folder, const char *name);

/* Writes a file in the folder, with this mode. */
void fake_program_write(const char *folder, const char *name, const char *text, int mode);

#endif
