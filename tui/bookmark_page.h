#ifndef TUI_BOOKMARK_PAGE_H
#define TUI_BOOKMARK_PAGE_H

#include "domain/row.h"
#include "tui/page.h"

/*
 * Everything that is known of a bookmark, for the preview and the details; where there is room
 * for it (airy), with blank lines between the parts, its source and its number.
 */
void bookmark_page_make(const struct row *row, int columns, bool airy, struct page *page);

#endif
