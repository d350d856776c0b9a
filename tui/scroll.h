#ifndef TUI_SCROLL_H
#define TUI_SCROLL_H

#include <stdbool.h>
#include <stddef.h>

#include "tui/action.h"

/* A cursor in a list of lines, and the first line that is shown. {0} is at the beginning. */
struct scroll {
	size_t cursor;
	size_t top;
};

/* Keeps both within count lines and the cursor within height lines from the top. */
void scroll_clamp(struct scroll *scroll, size_t count, size_t height);

/* Moves by one of the actions of moving, times times (0: once); false if it is none of them. */
bool scroll_move(
	struct scroll *scroll, enum action action, size_t times, size_t count, size_t height);

/* The same for a text without a cursor: moving moves the top. */
bool scroll_move_text(
	struct scroll *scroll, enum action action, size_t times, size_t count, size_t height);

#endif
