#ifndef ADAPTERS_STARS_FORGE_ANSWER_H
#define ADAPTERS_STARS_FORGE_ANSWER_H

#include <stdbool.h>
#include <stdint.h>

#include "adapters/http/http_answer.h"

/*
 * What an answer of a forge means for the walk, as GitHub documents its rate limits and status
 * codes. Nothing here asks or waits.
 */
enum forge_action {
	FORGE_TAKE,      /* a page */
	FORGE_EMPTY,     /* 204: a page without stars */
	FORGE_UNCHANGED, /* 304 */
	FORGE_FOLLOW,    /* a redirect: target is where to, if its origin allows */
	FORGE_RETRY,     /* the same again, a little later */
	FORGE_WAIT,      /* a limit: nothing is to be asked for before the time it names */
	FORGE_STOP       /* asking again would not help */
};

/* What an answer says of the primary limit; -1 where it does not. */
struct forge_limit {
	int64_t limit;
	int64_t remaining;
	int64_t reset; /* seconds since 1970 */
};

struct forge_verdict {
	enum forge_action action;
	enum status status; /* why the walk would end here */
	bool secondary;     /* a limit on the pace: from now on one request at a time */
	bool once;          /* RETRY: not more than once */
	int64_t wait;       /* seconds; of WAIT, and of RETRY where the server says so, else 0 */
	char *target;       /* forge_verdict_finish() frees it */
	struct forge_limit limit;

	/*
	 * Seconds for which GitHub wants no further request after this answer, though it was a good
	 * one: until the reset, where it was the last that the limit allowed; else 0.
	 */
	int64_t pause;
	struct error error;
};

struct forge_asking {
	bool has_token;
	bool own;         /* the stars of the token's owner */
	bool conditional; /* asked for what has changed alone */
	int page;
	int secondary_waits; /* so far; each doubles the wait where no time is named */
	int64_t now;         /* for servers that do not tell theirs */
};

#define SECONDARY_WAIT_SECONDS 60
#define SECONDARY_WAITS_MAX    5

void forge_verdict_of(struct forge_verdict *verdict, const struct http_answer *answer,
	const struct forge_asking *asking);
void forge_verdict_finish(struct forge_verdict *verdict);

/*
 * The Link header (RFC 8288): <https://…>; rel="next", <https://…>; rel="last". The order of
 * links and parameters does not matter, rel is compared without case, may be unquoted and hold
 * several words. What cannot be read is passed over.
 */

/* The address of the first link with this relation, or NULL. The caller frees it. */
char *link_header_find(const char *header, const char *relation);

/* The number in an address's parameter "page": 0 if it has none, or none from 1 to a million. */
int link_header_page(const char *url);

#endif
