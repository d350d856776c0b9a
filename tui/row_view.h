#ifndef TUI_ROW_VIEW_H
#define TUI_ROW_VIEW_H

#include <stdbool.h>
#include <stdint.h>

#include "domain/search/query.h"
#include "domain/search/row.h"
#include "tui/canvas.h"
#include "tui/layout.h"
#include "tui/page.h"

/* How a row of the list stands. */
struct row_state {
	const struct query *query; /* what of it is emphasised; may be NULL */
	int64_t now;               /* s, for the age */
	bool cursor;
	bool marked;
};

/* Draws one bookmark in one row of an area. */
void row_view_draw(const struct row *row, const struct row_state *state,
	const struct row_columns *columns, struct canvas *canvas, const struct area *area,
	int line);

/* "https://github.com/a/b" → "github.com/a/b": what is left says all, in fewer columns. */
const char *row_view_without_scheme(const char *url);

/* The tag that is drawn in a column of the row; NULL: there is none. Lent by the row. */
const char *row_view_tag_at(const struct row *row, const struct query *query,
	const struct row_columns *columns, int column, size_t *length);

/*
 * Everything that is known of a bookmark, with at most so many bytes of its notes: the details
 * (SIZE_MAX), and a preview with room for it.
 */
#define BOOKMARK_PAGE_PREVIEW 8192

void bookmark_page_make(const struct row *row, int columns, size_t most, struct page *page);

/* The same for a preview of a few lines: what stays in its place first, the notes last. */
void bookmark_page_make_short(const struct row *row, int columns, struct page *page);

#endif
