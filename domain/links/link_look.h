#ifndef DOMAIN_LINKS_LINK_LOOK_H
#define DOMAIN_LINKS_LINK_LOOK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "domain/bookmarks/link.h"

/* What one look at the address of a bookmark came to. Its strings are lent. */
struct link_look {
	int64_t bookmark;
	const char *url; /* as the bookmark had it: if that has changed, the look is of no use */
	int64_t at;
	int status;        /* of the last answer (RFC 9110, 15); 0 if none came */
	bool no_such_host; /* its name does not exist, which is more than one that cannot be told */
	int redirect;      /* status of the first redirect; 0 if there was none */
	bool permanent;    /* each redirect was for good: 301 or 308 */
	const char *target; /* where the redirects ended; NULL without one */
	const char *reason; /* in words, why no answer or none of use came; NULL */
};

/* Someone answers there: 2xx, and what is only refused to a stranger or a program. */
bool link_status_is_ok(int status);

/*
 * Whether a redirect for good from url to target is a new address of the same page: not where only
 * http became https or a final "/" came or went, and not a login page or a front page, which say
 * nothing of the page.
 */
bool link_is_move(const char *url, const char *target);

/*
 * The rules of link states: what is known after a look, by what was known before it. Dead is only
 * what was missing twice, LINK_DAY apart, and never answered in between. Nothing is taken from
 * before; *after is to be finished.
 */
#define LINK_DAY 86400

void link_judge(const struct bookmark_link *before, const struct link_look *look,
	struct bookmark_link *after);

/* How many links of a check came to be what. */
struct link_counts {
	size_t checked; /* the sum of the states */
	size_t states[LINK_STATES];
	size_t skipped; /* not asked: no address of the web, or a server that wants to be left alone
			 */
};

#endif
