#ifndef TUI_TTY_H
#define TUI_TTY_H

#include <stdbool.h>

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
