#ifndef ADAPTERS_LINKS_LINK_FOLLOW_H
#define ADAPTERS_LINKS_LINK_FOLLOW_H

#include "adapters/bootstrap.h"
#include "domain/bookmarks/catalogue.h"
#include "domain/bus/command.h"

/*
 * The edits that give bookmarks the addresses they have moved to. One whose new address another
 * bookmark has, or will have by an edit before, is left as it is and told of. Begin with the
 * catalogue (borrowed), left and self; the rest is {0}.
 */
struct link_follow {
	struct catalogue *catalogue;

	/* Called for one that is left: holder has its new address. May be NULL. */
	void (*left)(void *self, const struct bookmark *bookmark, int64_t holder);
	void *self;
	struct bookmark_edit *edits; /* for one EDIT_BOOKMARKS */
	size_t count;
	size_t capacity;
	char **normals; /* of the new addresses; as many */
	size_t normal_capacity;
};

/* Adds what one bookmark wants; nothing for one that has not moved. */
void link_follow_add(struct link_follow *follow, const struct bookmark *bookmark);
void link_follow_finish(struct link_follow *follow);

/*
 * All of it for bookmarks of these ids, as one change. An item of the result that is DUPLICATE was
 * left: another bookmark has its new address. Those that have not moved are no items.
 */
enum status link_follow_all(
	struct library *library, const int64_t *ids, size_t count, struct result *result);

#endif
