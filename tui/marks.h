#ifndef TUI_MARKS_H
#define TUI_MARKS_H

#include "domain/search/query.h"
#include "tui/canvas.h"

/*
 * Emphasises what a query matches in a displayable text that was drawn in a row of an area from
 * column from on, up to column to. query may be NULL.
 */
void marks_draw(const struct query *query, enum place place, const char *text,
	struct canvas *canvas, const struct area *area, int row, int from, int to);

#endif
