#ifndef TUI_BOOKMARK_PAGE_H
#define TUI_BOOKMARK_PAGE_H

#include "domain/row.h"
#include "tui/page.h"

/* Everything that is known of a bookmark, for the preview and the details. */
void bookmark_page_make(const struct row *row, int columns, struct page *page);

#endif
