#ifndef TUI_TRASH_VIEW_H
#define TUI_TRASH_VIEW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "domain/bookmarks/bookmark.h"
#include "tui/canvas.h"
#include "tui/id_set.h"
#include "tui/scroll.h"

/* What was deleted, latest first, as the engine told it. {0} is empty. */
struct trash_view {
	struct bookmark *bookmarks;
	size_t count;
	size_t capacity;
	struct scroll scroll;
	size_t height;
	struct id_set marks;
	bool arriving; /* not all has been told yet */
};

void trash_view_finish(struct trash_view *view);
void trash_view_clear(struct trash_view *view);
void trash_view_add(struct trash_view *view, const struct bookmark *bookmark); /* copied */
void trash_view_remove(struct trash_view *view, int64_t id);

/* The marked ones, or the one under the cursor; yours to free. */
int64_t *trash_view_selection(const struct trash_view *view, size_t *count);
void trash_view_mark(struct trash_view *view);
void trash_view_mark_all(struct trash_view *view);

void trash_view_draw(
	struct trash_view *view, struct canvas *canvas, const struct area *area, int64_t now);

#endif
