#ifndef DOMAIN_BOOKMARKS_CATALOGUE_H
#define DOMAIN_BOOKMARKS_CATALOGUE_H

#include "domain/bookmarks/bookmark.h"
#include "domain/bus/event.h"
#include "domain/base/error.h"

/*
 * Port: reading, past the bus and outside any unit of work. Rows are lent for the length of one
 * call; a visitor returns false to stop.
 *
 * Bookmarks are visited while nothing of the library is held, so that a visitor may wait as long as
 * it likes for whoever reads its output. Which there are and their order are those of the
 * beginning: none comes twice, none is missing that is there throughout, and what is added
 * meanwhile is left out (BY_ID, the later last: it may still come). Each is as it is when its turn
 * is near; one that is gone by then, or went into or out of the trash, is left out. Inside a
 * transaction all is one state.
 */
enum listing_order { BY_ADDED, BY_MODIFIED, BY_TITLE, BY_URL, BY_ID };

/*
 * Newest first (dates), or A first (title, url: by folded text, a bookmark without a title by its
 * address, which people are shown); ties by id, the later first. Reversed, all of it backwards.
 * BY_ID is how the library lies, the later first: the way to read all of a large one.
 */
struct listing {
	enum listing_order order;
	bool reverse;
	size_t offset;
	size_t limit; /* 0: no limit */
	bool trashed; /* those in the trash, latest deleted first, instead; order is not used */
};

typedef bool (*bookmark_visit_fn)(void *self, const struct bookmark *bookmark);
typedef bool (*tag_visit_fn)(void *self, const char *tag, size_t count);
typedef bool (*event_visit_fn)(void *self, const struct event *event);

struct catalogue {
	enum status (*each)(struct catalogue *catalogue, const struct listing *listing,
		bookmark_visit_fn visit, void *self, struct error *error);

	/* Those of these ids that are there, in or out of the trash (bookmark->deleted tells). */
	enum status (*each_of)(struct catalogue *catalogue, const int64_t *ids, size_t count,
		bookmark_visit_fn visit, void *self, struct error *error);

	/* The one with this normal form that is not in the trash; *id is 0 if there is none. */
	enum status (*find)(struct catalogue *catalogue, const char *normal_form, int64_t *id,
		struct error *error);

	/* Tags of those not in the trash, sorted; each in its most frequent spelling. */
	enum status (*each_tag)(
		struct catalogue *catalogue, tag_visit_fn visit, void *self, struct error *error);

	/* Events after a number, in order. */
	enum status (*each_event)(struct catalogue *catalogue, int64_t after, event_visit_fn visit,
		void *self, struct error *error);

	enum status (*last_event)(struct catalogue *catalogue, int64_t *id, struct error *error);
	enum status (*count)(struct catalogue *catalogue, size_t *count, struct error *error);
};

#endif
