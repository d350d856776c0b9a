#ifndef TUI_SCREEN_PAGES_H
#define TUI_SCREEN_PAGES_H

#include "domain/search/row.h"
#include "tui/bookmark_rows.h"
#include "tui/bound_command.h"
#include "tui/canvas.h"
#include "tui/keymap.h"
#include "tui/page.h"
#include "tui/screen.h"

/*
 * Everything that is known of a bookmark, with at most so many bytes of its notes: the details
 * (SIZE_MAX), and a preview with room for it.
 */
#define BOOKMARK_PAGE_PREVIEW 8192

void bookmark_page_make(const struct row *row, int columns, size_t most, struct page *page);

/* The same for a preview of a few lines: what stays in its place first, the notes last. */
void bookmark_page_make_short(const struct row *row, int columns, struct page *page);

/* The keys of one view, the user's own commands, and those that have no key. */
void help_page_make(const struct keymap *keymap, const struct bound_commands *commands,
	unsigned scenes, int columns, struct page *page);

/* The language of queries. */
void help_page_make_queries(int columns, struct page *page);

/* Those of every view, one after the other. */
void help_page_make_all(const struct keymap *keymap, int columns, struct page *page);

/* Stars with their bar, browsers, files: how each stands, and how it is started. */
void import_page_make(const struct screen *screen, struct page *page);

/* What an empty library says: what one can do, by which key. */
void welcome_draw(const struct screen *screen, struct canvas *canvas, const struct area *area);

/* What was deleted, latest first. */
void trash_view_draw(
	struct bookmark_rows *trash, struct canvas *canvas, const struct area *area, int64_t now);

#endif
