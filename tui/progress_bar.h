#ifndef TUI_PROGRESS_BAR_H
#define TUI_PROGRESS_BAR_H

#include "tui/canvas.h"

/* How something in the background stands, for a line: "importing stars 7/12 ███░░ 640 new". */
struct progress_line {
	const char *text;
	size_t done;
	size_t total; /* 0: not known, and there is no bar */
	const char *tail;
};

/* Draws it at the right end of a line; returns the columns that it took, with a gap before it. */
int progress_line_draw(
	const struct progress_line *line, struct canvas *canvas, const struct area *area);

/* Only a bar, of so many columns, in a row of an area. */
void progress_bar_draw(size_t done, size_t total, struct canvas *canvas, const struct area *area,
	int row, int column, int columns);

#endif
