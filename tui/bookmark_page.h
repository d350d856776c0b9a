#ifndef TUI_BOOKMARK_PAGE_H
#define TUI_BOOKMARK_PAGE_H

#include "domain/search/row.h"
#include "tui/layout.h"
#include "tui/page.h"

/*
 * Everything that is known of a bookmark, with at most so many bytes of its notes: the details
 * (SIZE_MAX), and a preview with room for it.
 */
#define BOOKMARK_PAGE_PREVIEW 8192

void bookmark_page_make(const struct row *row, int columns, size_t most, struct page *page);

/*
 * The same for a preview of a few lines right below the row itself: the address, and whatever the
 * row, with these columns, had to cut.
 */
void bookmark_page_make_short(
	const struct row *row, int columns, const struct row_columns *shown, struct page *page);

#endif
