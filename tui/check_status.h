#ifndef TUI_CHECK_STATUS_H
#define TUI_CHECK_STATUS_H

#include "domain/links/links_progress.h"
#include "tui/canvas.h"

/* How a check of links stands, at the right end of the status line; the columns it took. */
int check_draw(const struct links_progress *check, struct canvas *canvas, const struct area *area);

/* What to say when a check has just ended; yours to free, NULL if it has not. */
char *check_farewell(const struct links_progress *before, const struct links_progress *after);

#endif
