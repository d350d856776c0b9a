#ifndef TUI_HELP_PAGE_H
#define TUI_HELP_PAGE_H

#include "tui/bound_command.h"
#include "tui/keymap.h"
#include "tui/page.h"

/* The keys of one view, the user's own commands, and those that have no key. */
void help_page_make(const struct keymap *keymap, const struct bound_commands *commands,
	unsigned scenes, int columns, struct page *page);

/* The language of queries. */
void help_page_make_queries(int columns, struct page *page);

/* Those of every view, one after the other. */
void help_page_make_all(const struct keymap *keymap, int columns, struct page *page);

#endif
