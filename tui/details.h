#ifndef TUI_DETAILS_H
#define TUI_DETAILS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "domain/bookmarks/bookmark_history.h"
#include "domain/search/query.h"
#include "domain/search/row_store.h"
#include "tui/action.h"
#include "tui/canvas.h"

/* What can be followed with Enter. */
enum detail_kind {
	DETAIL_ADDRESS,  /* text is an address to open */
	DETAIL_QUERY,    /* text is a filter: a tag's bookmarks, a site's */
	DETAIL_BOOKMARK, /* id */
	DETAIL_CHANGE    /* newer: how many come before it for undo */
};

struct detail {
	enum detail_kind kind;
	char *text;
	int64_t id;
	size_t newer;
	bool right;  /* in the right one of two columns */
	size_t line; /* of its column, where it was drawn */
};

/* A bookmark of the same site, or a tag of this one, and how many there are. */
struct detail_neighbour {
	char *label;
	int64_t id;
	size_t count;
	bool more; /* than count: they were not all counted in time */
};

#define DETAIL_SITE_MAX 6
#define DETAIL_WAY_MAX  16

/*
 * Everything about one bookmark: its fields, its link, the tags and the site that it shares with
 * others, what was changed when. A cursor goes through what can be followed. {0} is closed.
 */
struct details {
	int64_t id;
	int64_t asked; /* how often the engine was; only the last answer counts */
	bool known;    /* it has answered: */
	struct bookmark bookmark;
	struct bookmark_history history;
	struct detail_neighbour *tags; /* as many as the bookmark has */
	size_t tag_count;
	char *site; /* NULL: the address has no host */
	struct detail_neighbour others[DETAIL_SITE_MAX];
	size_t other_count; /* of others */
	size_t site_count;  /* all of the site, this one too */
	bool site_more;     /* than that: they were not all counted in time */

	struct detail *items;
	size_t item_count;
	size_t item_capacity;
	size_t cursor;
	size_t top;
	size_t lines; /* when it was last drawn */
	size_t height;
	int64_t way[DETAIL_WAY_MAX]; /* that led here: those to go back to */
	size_t way_count;
};

void details_finish(struct details *details);

/* Another bookmark; with follow, from this one, so that details_back() comes back. */
void details_open(struct details *details, int64_t id, bool follow);
bool details_back(struct details *details);

/* Looks in the store for what it shares with others; false if the bookmark is not there. */
bool details_look_around(struct details *details, struct row_store *store);

/* Takes what the engine told, and leaves the history empty. */
void details_take(struct details *details, const struct bookmark *bookmark,
	struct bookmark_history *take_history);

/* NULL if there is nothing. Lent until it is drawn again. */
const struct detail *details_current(const struct details *details);

/* Through what can be followed, and through the lines where there is nothing of it. */
void details_move(struct details *details, enum action action, size_t times);

void details_draw(struct details *details, const struct row_store *store, const struct query *query,
	struct canvas *canvas, const struct area *area, int64_t now);

#endif
