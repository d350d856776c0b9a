#ifndef TUI_LINKS_VIEW_H
#define TUI_LINKS_VIEW_H

#include "domain/search/row_store.h"
#include "tui/bookmark_rows.h"
#include "tui/canvas.h"

/*
 * The links that want a decision: first those that have moved, the old address beside the new one,
 * then those that are gone; of each the latest first.
 */

/* The bookmarks of a store that belong there; yours to free. */
int64_t *links_view_ids(struct row_store *store, size_t *count);

/* All have come: takes them, with the marks and the cursor where they were. */
void links_view_take(struct bookmark_rows *links, struct bookmark_rows *take_coming);

void links_view_draw(
	struct bookmark_rows *links, struct canvas *canvas, const struct area *area, int64_t now);

/* "3 moved, 1 gone", for the title; yours to free. */
char *links_view_counts(const struct bookmark_rows *links);

#endif
