#ifndef TUI_BOOKMARK_PAGE_H
#define TUI_BOOKMARK_PAGE_H

#include "domain/search/row.h"
#include "tui/page.h"

/*
 * Everything that is known of a bookmark, with at most so many bytes of its notes: the details
 * (SIZE_MAX), and a preview with room for it.
 */
#define BOOKMARK_PAGE_PREVIEW 8192

void bookmark_page_make(const struct row *row, int columns, size_t most, struct page *page);

/* The same for a preview of a few lines: what stays in its place first, the notes last. */
void bookmark_page_make_short(const struct row *row, int columns, struct page *page);

#endif
