#ifndef TUI_TERMINAL_H
#define TUI_TERMINAL_H

#include <stdbool.h>
#include <stdint.h>

#include "domain/base/error.h"
#include "domain/base/status.h"
#include "tui/canvas.h"
#include "tui/style.h"

/*
 * The terminal, through curses, which no other file knows: it is started and given back with all
 * its modes, read a byte or a named key at a time, and shown the difference of one canvas to the
 * next. Only its own thread may call it.
 */
struct terminal;

struct terminal_options {
	bool colour; /* if the terminal has any */
	bool mouse;  /* reports clicks and the wheel */
	bool title;  /* the window is named after us, where that can be done */
	int log_fd;  /* where standard error goes meanwhile; -1: nowhere */
	const struct theme *theme;
};

/*
 * STATUS_INVALID with a reason if standard input or output is no terminal, or one that cannot
 * move its cursor (TERM unset, unknown, dumb). The locale must have been set.
 */
enum status terminal_open(
	struct terminal **terminal, const struct terminal_options *options, struct error *error);

/* Gives it back as it was. NULL is taken quietly. */
void terminal_close(struct terminal *terminal);

/* Asks for the size anew; after a SIGWINCH, a return. */
void terminal_measure(struct terminal *terminal, int *rows, int *columns);

void terminal_look(struct terminal *terminal, const struct theme *theme, bool mouse);

/* Shows a canvas; what it has in common with the last one is not written. */
void terminal_draw(struct terminal *terminal, const struct canvas *canvas);

/* Nothing on the screen can be trusted: the next draw writes everything. */
void terminal_forget(struct terminal *terminal);

struct terminal_input {
	enum { TERMINAL_NOTHING, TERMINAL_UNIT, TERMINAL_MOUSE } type;
	int32_t unit; /* a byte, or an enum key_name: for key_decoder_put() */
	enum { POINTER_CLICK, POINTER_DOUBLE, POINTER_UP, POINTER_DOWN } pointer;
	int row;
	int column;
};

/* Never waits (but 25 ms after a lone Esc, for the rest of a sequence). */
struct terminal_input terminal_read(struct terminal *terminal);

/* Gives it back for a while, to the shell or to a child, and takes it again. */
void terminal_leave(struct terminal *terminal);
void terminal_return(struct terminal *terminal);

/* To the user's clipboard, as tty_copy() says. */
bool terminal_copy(struct terminal *terminal, const char *text);

/* The library that draws, with its version: "ncurses 6.4". Lent for ever. */
const char *terminal_library(void);

#endif
