#ifndef TUI_BOOKMARK_ROWS_H
#define TUI_BOOKMARK_ROWS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "domain/bookmarks/bookmark.h"
#include "domain/search/row.h"
#include "tui/id_set.h"
#include "tui/scroll.h"
#include "tui/canvas.h"

/*
 * Bookmarks that the engine told, with a cursor and marks: the trash, the links that want a
 * decision. {0} is empty.
 */
struct bookmark_rows {
	struct bookmark *bookmarks;
	size_t count;
	size_t capacity;
	struct scroll scroll;
	size_t height;
	struct id_set marks;
	bool arriving; /* not all has been told yet */
};

void bookmark_rows_finish(struct bookmark_rows *rows);
void bookmark_rows_clear(struct bookmark_rows *rows); /* marks too; the cursor stays in its place */
void bookmark_rows_add(struct bookmark_rows *rows, const struct bookmark *bookmark); /* copied */
void bookmark_rows_remove(struct bookmark_rows *rows, int64_t id);

/* The one under the cursor; NULL if there is none. Lent. */
const struct bookmark *bookmark_rows_current(const struct bookmark_rows *rows);

/* The marked ones, or the one under the cursor; yours to free. NULL and 0 if there is none. */
int64_t *bookmark_rows_selection(const struct bookmark_rows *rows, size_t *count);
void bookmark_rows_mark(struct bookmark_rows *rows);
void bookmark_rows_mark_all(struct bookmark_rows *rows);

/* Before they are drawn: keeps the cursor within so many lines. */
void bookmark_rows_fit(struct bookmark_rows *rows, int lines);

/*
 * A bookmark as a row, which lends from it and from the text that is returned: its tags, yours to
 * free afterwards.
 */
char *bookmark_rows_row(const struct bookmark *bookmark, struct row *row);

/* What was deleted, latest first. */
void trash_view_draw(
	struct bookmark_rows *trash, struct canvas *canvas, const struct area *area, int64_t now);

#endif
