#ifndef TESTS_TUI_CANVAS_ROW_H
#define TESTS_TUI_CANVAS_ROW_H

#include "tui/canvas.h"

/* A row as text, blanks at its end dropped; the caller frees it. */
char *canvas_row(const struct canvas *canvas, int row);

#endif
