#ifndef ADAPTERS_CLI_CARD_LAYOUT_H
#define ADAPTERS_CLI_CARD_LAYOUT_H

#include "adapters/cli/output.h"
#include "domain/bookmarks/bookmark.h"

/* Every field of a bookmark on lines of its own, for people; the lines of its notes stay lines. */
void card_layout_print(struct output *output, const struct bookmark *bookmark);

#endif
