#ifndef DOMAIN_STARS_STAR_H
#define DOMAIN_STARS_STAR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "domain/base/counts.h"
#include "domain/base/status.h"
#include "domain/bookmarks/tag_set.h"

/*
 * Stars of a forge (GitHub, Gitea, GitLab). A repository is known by forge and number, never by its
 * name, so that a renamed one keeps its tags. A forge is named "github", or "github@host" for
 * another server of the kind, whose numbers are its own; the part before the "@" is what people
 * see.
 */

/* What a user asks of an import. */
struct star_request {
	const char *forge; /* NULL: "github" */
	const char *user;  /* NULL: the owner of the token, who is asked for first */
	bool full;         /* walk everything and mark what is no longer starred */
	bool timestamps;   /* date_added is the time of starring, else now */
	bool topics;       /* topics and language become tags */
	bool dry_run;
	bool wait;                  /* sleep through a rate limit */
	int jobs;                   /* pages in flight, 1 to 10; 0: 4 */
	const struct tag_set *tags; /* added to each; may be NULL */
};

/*
 * A walk over one user's stars. One that broke off is carried on by the next request, with its
 * number and its cursor. A walk of everything, once it ended well, lets later ones stop at the
 * first page that holds nothing new.
 */
enum star_walk_kind {
	WALK_NONE,
	WALK_NEWEST,    /* what is new since the last complete walk */
	WALK_EVERYTHING /* every page: only this decides what is no longer starred */
};

struct star_walk {
	int64_t number; /* rising for each user; 0: none yet */
	enum star_walk_kind kind;
	int64_t change;   /* what undo would take back; 0: nothing yet */
	char cursor[128]; /* the importer's own: where to go on; empty at the start */
	char etag[128];   /* the importer's own: of the newest page at the last complete walk */
};

/* One starred repository, as the forge says today. Lent. */
struct remote_star {
	int64_t repository;
	const char *title;   /* full name */
	const char *url;     /* has a normal form */
	const char *notes;   /* description; empty if none */
	struct tag_set tags; /* topics and language */
	int64_t starred_at;  /* NO_DATE if the forge did not say */
};

/* A page as it is taken in: whole, in one transaction, with the walk's cursor. */
struct star_page {
	const char *forge;
	const char *user; /* as the forge spells it */
	int64_t walk;
	const struct remote_star *stars;
	size_t count;
	const char *cursor;
	bool timestamps;
	bool topics;
	bool dry_run;
	const struct tag_set *tags; /* may be NULL */
};

/* The end of a walk. One that broke off is only told of: it waits for the next request. */
struct star_walk_end {
	const char *forge;
	const char *user;
	int64_t walk;
	enum status status; /* OK: it went well */
	bool everything;    /* every page was seen: what was not seen is no longer starred */
	const char *etag;   /* for the next walk; may be NULL */
	bool dry_run;

	/* What came of it, for whoever hears of the end. */
	size_t pages;
	size_t fetched;
	struct counts counts; /* but for those no longer starred, which this finds out */
	const char *reason;   /* why it broke off; may be NULL */
};

#endif
