#ifndef TUI_TAG_VIEW_H
#define TUI_TAG_VIEW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "domain/search/row_store.h"
#include "domain/bookmarks/tag_set.h"
#include "domain/search/search.h"
#include "tui/canvas.h"
#include "tui/scroll.h"

struct tag_row {
	char *tag;
	size_t count;
};

/*
 * The tags with their counts, the most used first; those that hold the filter; and where it is wide
 * enough the bookmarks of the one under the cursor beside them. {0} is empty.
 */
struct tag_view {
	struct tag_row *rows;
	size_t count;
	size_t capacity;
	struct scroll scroll;
	size_t height;
	char *filter; /* NULL or "": all */
	struct tag_set marks;
	struct row_store *store; /* that was read; lent */
	uint64_t version;        /* of it then; 0: it is to be read again */
	struct search *beside;   /* the bookmarks of a tag; NULL: none were looked for yet */
	char *beside_tag;
	uint64_t beside_version; /* of the store then */
	bool searching;
};

void tag_view_finish(struct tag_view *view);

/* Counts the tags of the store, anew only if it has changed; the cursor stays on its tag. */
void tag_view_read(struct tag_view *view, struct row_store *store);
void tag_view_filter(struct tag_view *view, const char *text);

/* The tag under the cursor; NULL if there is none. Lent. */
const char *tag_view_tag(const struct tag_view *view);

/* The marked tags, or the one under the cursor. Yours to finish. */
void tag_view_selection(const struct tag_view *view, struct tag_set *tags);

void tag_view_mark(struct tag_view *view);
void tag_view_mark_all(struct tag_view *view);

void tag_view_draw(
	struct tag_view *view, struct canvas *canvas, const struct area *area, int64_t now);

/* Searches on for about so long for what stands beside; true when there is more to show. */
bool tag_view_work(struct tag_view *view, long microseconds);

/* The filter that shows the bookmarks with a tag; yours to free. */
char *tag_query(const char *tag, size_t length);

#endif
