#ifndef TUI_LINK_WORDS_H
#define TUI_LINK_WORDS_H

#include <stdbool.h>

#include "domain/bookmarks/link.h"
#include "tui/canvas.h"

/* The sign of a link that does not simply work, and its style; false if there is none. */
bool link_sign(enum link_state state, enum glyph *glyph, enum style *style);

/*
 * What the last look found, in a sentence: "moved permanently since 3 May; checked yesterday".
 * Where it has moved to is not told. Yours to free.
 */
char *link_sentence(const struct bookmark_link *link, int64_t now);

/* The same where only the state is known; "" of what works or was never asked. */
const char *link_state_words(enum link_state state);

#endif
