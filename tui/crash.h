#ifndef TUI_CRASH_H
#define TUI_CRASH_H

#include <stddef.h>
#include <termios.h>

/*
 * Gives the terminal back when the program ends in a way it did not mean to: by SIGSEGV, SIGABRT,
 * SIGBUS, SIGFPE, SIGILL, by exit() from somewhere, or for want of memory. The handlers run on a
 * stack of their own and only write() and tcsetattr(); the signal then takes its course.
 *
 * This is the one thing a signal handler can reach, so it is the one global of the program.
 */
#define CRASH_STRING_MAX 256

/*
 * What undoes the terminal's modes (capabilities, NULL where there is none; their delays are left
 * out), and the modes it had before. While armed, an end restores.
 */
void crash_arm(int fd, const char *const *undo, size_t count, const struct termios *modes);
void crash_disarm(void);

/* Restores now, if armed. Safe in a signal handler. */
void crash_restore(void);

#endif
