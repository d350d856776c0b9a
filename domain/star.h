#ifndef DOMAIN_STAR_H
#define DOMAIN_STAR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "domain/status.h"
#include "domain/tag_set.h"

/*
 * Stars of a forge (github). A repository is known by forge and number, never by its name, so
 * that a renamed one keeps its tags.
 */

/* What a user asks of an import. */
struct star_request {
	const char *forge; /* "github" */
	const char *user;  /* NULL: the owner of the token */
	bool full;         /* walk everything and mark what is no longer starred */
	bool timestamps;   /* date_added is the time of starring, else now */
	bool topics;       /* topics and language become tags */
	bool dry_run;
	bool wait;                  /* sleep through a rate limit */
	int jobs;                   /* pages in flight, 1 to 10 */
	const struct tag_set *tags; /* added to each; may be NULL */
};

/* One starred repository, as the forge says today. Lent. */
struct found_star {
	int64_t repository;
	const char *title; /* full name */
	const char *url;
	const char *notes;   /* description; empty if none */
	struct tag_set tags; /* topics and language */
	int64_t starred_at;  /* NO_DATE if the forge did not say */
};

/*
 * A page as it is taken in: whole, in one transaction, with the walk's cursor. cursor is opaque
 * to the domain: whatever the importer needs to carry on after a crash.
 */
struct star_page {
	const char *forge;
	const char *user; /* as the forge spells it */
	int64_t walk;     /* number of the walk, from the ledger */
	const struct found_star *stars;
	size_t count;
	const char *cursor;
	bool timestamps;
	bool dry_run;
	const struct tag_set *tags;
};

/*
 * How a walk ended. Only a complete walk of everything decides what is no longer starred; an
 * incremental one that met a wholly known page is complete too, but decides nothing.
 */
struct star_walk_end {
	const char *forge;
	const char *user;
	int64_t walk;
	enum status status; /* OK: complete */
	bool everything;    /* every page was seen */
	bool dry_run;
};

#endif
