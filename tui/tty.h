#ifndef TUI_TTY_H
#define TUI_TTY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <termios.h>

#include "domain/base/error.h"

/*
 * Gives the terminal back when the program ends in a way it did not mean to: by SIGSEGV, SIGABRT,
 * SIGBUS, SIGFPE, SIGILL, by exit() from somewhere, or for want of memory. The handlers run on a
 * stack of their own and only write() and tcsetattr(); the signal then takes its course.
 *
 * A signal handler is given nothing, so what it needs stands in a static variable of tty.c.
 */
#define CRASH_STRING_MAX 256

/*
 * What undoes the terminal's modes (capabilities, NULL where there is none; their delays are left
 * out), and the modes it had before. While armed, an end restores.
 */
void crash_arm(int fd, const char *const *undo, size_t count, const struct termios *modes);
void crash_disarm(void);

/*
 * Standard error, which must never reach the screen while curses is up: it is turned to a log
 * (or to nowhere, of a log of -1) and back.
 */
struct error_output {
	int before; /* where it went; -1: it is not turned */
};

void error_output_turn(struct error_output *errors, int log);
void error_output_restore(struct error_output *errors);

/*
 * What terminals send for keys, beside what their terminfo entry says: both forms of arrows, Home
 * and End, Shift-Tab, Ctrl- and Alt-arrows, the marks of a paste (xterm's control sequences).
 */
struct key_sequence {
	const char *bytes;
	int32_t key; /* enum key_name */
};

const struct key_sequence *key_sequence(size_t index); /* NULL past the end */

/*
 * The terminal that this process has, wherever its standard input and output lead: while it is
 * taken they are the terminal, so that whoever draws and reads keys need not know.
 */
struct controlling_terminal {
	bool taken;
	int input; /* what they were; -1: closed */
	int output;
};

/* False, and why, if there is none. */
bool controlling_terminal_take(struct controlling_terminal *streams, struct error *error);

/* As before. Does nothing where nothing was taken. */
void controlling_terminal_give_back(struct controlling_terminal *streams);

/* Sequences that go straight to the terminal, between what curses draws. */
void tty_write(int fd, const char *text);

/*
 * The modes that curses does not know: pastes are marked (xterm's 2004), and if wanted the window
 * gets our title, its own put by. What undoes them all, and the mouse's, is a text, so that a
 * crash can write it.
 */
void tty_enter(int fd, bool title);
const char *tty_undo(bool title);

/* Whether a window title can be set there: on terminals that are named like xterm and its kin. */
bool tty_has_title(const char *term);

/*
 * Puts a text on the clipboard of the user's own machine, through ssh too, by xterm's OSC 52 (the
 * text in base64, RFC 4648). False on a terminal without a clipboard (the Linux console), and for
 * what is longer than terminals take. No terminal tells whether it took it.
 */
bool tty_copy(int fd, const char *text);

/* The sequence itself; NULL if it would be too long. Yours to free. */
char *tty_clipboard_sequence(const char *text);

#endif
