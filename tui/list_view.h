#ifndef TUI_LIST_VIEW_H
#define TUI_LIST_VIEW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "domain/search/search.h"
#include "domain/search/row_store.h"
#include "tui/canvas.h"
#include "tui/id_set.h"
#include "tui/scroll.h"

/*
 * The list of bookmarks: a search of the store, a cursor, marks. The cursor and the top row are
 * anchored to bookmarks, not to positions, so rows that arrive or go move nothing that the user
 * looks at.
 */
struct list_view {
	struct row_store *store; /* lent */
	struct search *search;
	char *filter; /* as typed; "" for none */
	struct query_error error;
	bool wrong; /* the filter cannot be read: the last good result stands */
	enum row_order order;
	bool reverse;
	bool ordered; /* by the user: else a filter shows the best first */

	struct scroll scroll;
	int64_t cursor_id; /* 0: none */
	int64_t top_id;
	size_t height; /* rows, when it was last drawn */
	bool searching;
	bool fresh;   /* it was empty, and nobody has moved since: the cursor stays at the top */
	bool to_best; /* when the search ends, the cursor goes to the best match, at the top */
	uint64_t generation; /* of the search\'s result that is shown */

	struct id_set marks;
	bool ranging;
	size_t range_from;
	bool range_marks; /* a range marks, or (begun on a mark) unmarks */
};

void list_view_init(struct list_view *list, struct row_store *store);
void list_view_finish(struct list_view *list);

size_t list_view_count(const struct list_view *list);

/* The row under the cursor, false if there is none. Lent as search_row() lends. */
bool list_view_row(const struct list_view *list, struct row *row);

/*
 * Filters by another text, and goes to the best match; "" takes the filter away, and the cursor
 * stays on its bookmark.
 */
void list_view_filter(struct list_view *list, const char *text);

/* Where the cursor is, and the first row shown: to come back to by list_view_return(). */
struct list_place {
	int64_t cursor_id;
	int64_t top_id;
};

struct list_place list_view_place(const struct list_view *list);

/* Filters by a text as before, and goes back to where the cursor was. */
void list_view_return(struct list_view *list, const char *text, struct list_place place);

void list_view_order(struct list_view *list, enum row_order order, bool reverse);

/* The order in force: what the user chose, or the best first while one filters. */
enum row_order list_view_order_now(const struct list_view *list);

/* The store has changed. */
void list_view_refresh(struct list_view *list);

/* Searches on for about so long (-1: to the end); true when there is another result to show. */
bool list_view_work(struct list_view *list, long microseconds);

/* The same until all rows are found, each step for about so long. */
bool list_view_find_all(struct list_view *list, long microseconds);

bool list_view_move(struct list_view *list, enum action action, size_t times);

/* Puts the cursor on a bookmark (as soon as the search shows it), or on a position. */
void list_view_go(struct list_view *list, int64_t id);
void list_view_go_to(struct list_view *list, size_t position);

void list_view_mark(struct list_view *list); /* toggles, moves down */
void list_view_mark_all(struct list_view *list);
void list_view_range(struct list_view *list); /* begins, or ends and marks */

/*
 * The marked bookmarks in the order shown (those that a filter hides last), or the one under the
 * cursor if none is marked. The caller frees the array; NULL and 0 if there is none.
 */
int64_t *list_view_selection(const struct list_view *list, size_t *count);
size_t list_view_selected(const struct list_view *list);

/*
 * These are about to go: the cursor leaves them for the nearest row below, or above, so that the
 * next key is not about them.
 */
void list_view_leave(struct list_view *list, const int64_t *ids, size_t count);

/* The row under the cursor and those below it, so many at most; yours to free. */
int64_t *list_view_following(const struct list_view *list, size_t most, size_t *count);

void list_view_draw(
	struct list_view *list, struct canvas *canvas, const struct area *area, int64_t now);

#endif
