#ifndef TUI_IMPORT_PAGE_H
#define TUI_IMPORT_PAGE_H

#include "domain/search/row_store.h"
#include "domain/stars/stars_progress.h"
#include "tui/browser_offers.h"
#include "tui/keymap.h"
#include "tui/page.h"

/* What the import panel tells of; all lent. */
struct import_page {
	const struct stars_progress *stars;
	const struct browser_offers *browsers;
	const char *last_file; /* what came of the last file, in words; NULL: none was imported */
	const struct keymap *keymap;
	struct row_store *store;
};

/* Stars with their bar, browsers, files: how each stands, and how it is started. */
void import_page_make(const struct import_page *import, struct page *page);

#endif
