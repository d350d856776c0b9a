#ifndef TUI_TAG_VIEW_H
#define TUI_TAG_VIEW_H

#include <stdbool.h>
#include <stddef.h>

#include "domain/search/row_store.h"
#include "domain/bookmarks/tag_set.h"
#include "tui/canvas.h"
#include "tui/scroll.h"

struct tag_row {
	char *tag;
	size_t count;
};

/* The tags with their counts, the most used first; those that hold the filter. {0} is empty. */
struct tag_view {
	struct tag_row *rows;
	size_t count;
	size_t capacity;
	struct scroll scroll;
	size_t height;
	char *filter; /* NULL or "": all */
	struct tag_set marks;
	bool open;
};

void tag_view_finish(struct tag_view *view);

/* Counts the tags of the store anew; the cursor stays on its tag. */
void tag_view_read(struct tag_view *view, struct row_store *store);
void tag_view_filter(struct tag_view *view, const char *text);

/* The tag under the cursor; NULL if there is none. Lent. */
const char *tag_view_tag(const struct tag_view *view);

/* The marked tags, or the one under the cursor. Yours to finish. */
void tag_view_selection(const struct tag_view *view, struct tag_set *tags);

void tag_view_mark(struct tag_view *view);
void tag_view_mark_all(struct tag_view *view);

void tag_view_draw(struct tag_view *view, struct canvas *canvas, const struct area *area);

/* The filter that shows the bookmarks with a tag; yours to free. */
char *tag_query(const char *tag, size_t length);

#endif
