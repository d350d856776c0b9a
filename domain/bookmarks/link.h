#ifndef DOMAIN_BOOKMARKS_LINK_H
#define DOMAIN_BOOKMARKS_LINK_H

#include <stdbool.h>
#include <stdint.h>

/* What the last look at a bookmark's address found; domain/links says by which rules. */
enum link_state {
	LINK_UNCHECKED, /* never asked, or the address has changed since */
	LINK_OK,
	LINK_MOVED,
	LINK_FAILING,
	LINK_DEAD,
	LINK_STATES
};

/*
 * Kept beside a bookmark, not in it: no part of undo, dropped with the bookmark, and gone when its
 * address changes. { 0 } has never been asked. Times are seconds since 1970, UTC; 0: never.
 */
struct bookmark_link {
	enum link_state state;
	int64_t since;         /* when this state began */
	int64_t checked;       /* the last look */
	int64_t missing_since; /* the first 404, 410 or "no such host" in a row */
	int status;            /* of HTTP (RFC 9110, 15); 0 if there was no answer */
	char *url;             /* where it has moved to; NULL if nowhere */
	char *reason;          /* in words, why it does not work; NULL if there is none */
};

void bookmark_link_finish(struct bookmark_link *link); /* leaves { 0 } */
void bookmark_link_copy(struct bookmark_link *to, const struct bookmark_link *from);

/* "unchecked", "ok", "moved", "failing", "dead". Never NULL. */
const char *link_state_name(enum link_state state);
bool link_state_of(const char *name, enum link_state *state);

#endif
