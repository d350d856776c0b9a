#ifndef TUI_TRASH_VIEW_H
#define TUI_TRASH_VIEW_H

#include "tui/bookmark_rows.h"
#include "tui/canvas.h"

/* What was deleted, latest first. */
void trash_view_draw(
	struct bookmark_rows *trash, struct canvas *canvas, const struct area *area, int64_t now);

#endif
