#ifndef ADAPTERS_STARS_FORGE_H
#define ADAPTERS_STARS_FORGE_H

#include <stdbool.h>

#include "domain/base/error.h"
#include "domain/base/status.h"

/*
 * The forges whose stars can be asked for, a row each: where their API is and what they call
 * things. Their pages are read by one parser, adapters/stars/star_batch.h.
 */
struct forge {
	const char *name;      /* "github" */
	const char *api;       /* base of the API; NULL: it must be given */
	const char *variable;  /* of the environment, that gives another base; NULL: none */
	const char *user_path; /* with one %s for the user, percent-encoded */
	const char *own_path;  /* of the token's owner; NULL: none */
	const char *who_path;  /* tells who that is */
	const char *login;     /* the member of its answer */
	const char *oldest;    /* parameters: oldest star first */
	const char *newest;    /* newest first */
	int per_page;
	bool github_token; /* takes GH_TOKEN; nobody else may see that */
	bool ordered; /* by the time of starring: what is new can be told by reading from one end */
	const char *accept;
	const char *version;       /* one more header; NULL: none */
	const char *authorization; /* with one %s for the token */
	const char *id;            /* members of a repository */
	const char *full_name;
	const char *address;
};

/* NULL if there is none of this name. Of "github@host" the part before the "@" counts. */
const struct forge *forge_find(const char *name);

/*
 * The address of the n-th page of a user's stars, of the token's owner's if user is NULL. The
 * caller frees it.
 */
char *forge_page_url(
	const struct forge *forge, const char *base, const char *user, bool newest_first, int page);

/* "github", or "github@host" where base is neither the forge's own nor on this machine. */
char *forge_identity(const struct forge *forge, const char *base);

#endif
