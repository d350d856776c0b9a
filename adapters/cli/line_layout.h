#ifndef ADAPTERS_CLI_LINE_LAYOUT_H
#define ADAPTERS_CLI_LINE_LAYOUT_H

#include "adapters/cli/output.h"
#include "domain/bookmarks/bookmark.h"
#include "domain/search/query.h"

/*
 * One bookmark a line: id, title, address, tags. The columns are as wide as the first rows need,
 * which are held back until then, and together as wide as the terminal; what does not fit is cut
 * with "…". In a pipe nothing is cut.
 */
struct line_layout;

/* query, lent until the end, is marked where colours are on; it may be NULL. */
struct line_layout *line_layout_new(struct output *output, const struct query *query);
void line_layout_add(struct line_layout *layout, const struct bookmark *bookmark);

/* Prints what is held back, and frees it; free() drops it. */
void line_layout_finish(struct line_layout *layout);
void line_layout_free(struct line_layout *layout);

#endif
