#ifndef TUI_TTY_H
#define TUI_TTY_H

#include <stdbool.h>

/* Sequences that go straight to the terminal, between what curses draws. */
void tty_write(int fd, const char *text);

/*
 * Puts a text on the clipboard of the user's own machine, through ssh too, by xterm's OSC 52 (the
 * text in base64, RFC 4648). False on a terminal without a clipboard (the Linux console), and for
 * what is longer than terminals take. No terminal tells whether it took it.
 */
bool tty_copy(int fd, const char *text);

/* The sequence itself; NULL if it would be too long. Yours to free. */
char *tty_clipboard_sequence(const char *text);

#endif
