#ifndef TUI_DETAILS_PAGE_H
#define TUI_DETAILS_PAGE_H

#include "tui/details.h"

/* For the page, which is made anew each time it is drawn. */
void details_clear_items(struct details *details);

#endif
