#ifndef DOMAIN_STARS_STAR_LEDGER_H
#define DOMAIN_STARS_STAR_LEDGER_H

#include "domain/stars/star.h"

/* What one user's walks have come to. */
struct star_list {
	struct star_walk walk; /* kind is WALK_NONE while none is under way */
	bool complete;         /* a walk of everything has ended well */

	/*
	 * What every star that was stored brought along, for those that are known are not looked at
	 * again: "timestamps topics: a,b", the tags behind the colon. Who wants more needs a walk
	 * of everything.
	 */
	char covers[512];
};

/*
 * A repository that somebody starred, and the baseline: what the forge said of it last time, field
 * by field. A field of its bookmark that still equals the baseline follows the forge; another one
 * is the user's. star_init() makes it empty; the strings are its own.
 */
struct star {
	int64_t repository;
	int64_t bookmark; /* 0: dropped for good by the user, and not to come back */
	char *title;
	char *url;
	char *notes;
	struct tag_set tags;
	struct tag_set given; /* what imports were told to add to it, apart from the forge's own */
	int64_t starred_at;   /* NO_DATE if it is not known */
};

/* That a user stars a repository, by the numbers of the walks that saw it. */
struct star_sighting {
	int64_t since; /* first */
	int64_t seen;  /* last */
};

/* name is the user as the forge spells it. */
typedef bool (*star_list_visit_fn)(
	void *self, const char *forge, const char *name, const struct star_list *list);

/*
 * Port: what is known of stars, inside a unit of work. Every function may return one of the
 * library's own failures. Names of users are compared without case. NOT_FOUND is an answer.
 */
struct star_ledger {
	enum status (*get_list)(struct star_ledger *ledger, const char *forge, const char *user,
		struct star_list *list);
	enum status (*put_list)(struct star_ledger *ledger, const char *forge, const char *user,
		const struct star_list *list);

	enum status (*get_star)(struct star_ledger *ledger, const char *forge, int64_t repository,
		struct star *star);
	enum status (*put_star)(
		struct star_ledger *ledger, const char *forge, const struct star *star);

	/* Repositories of a forge that have this bookmark. The caller frees the array. */
	enum status (*aliases)(struct star_ledger *ledger, const char *forge, int64_t bookmark,
		int64_t **repositories, size_t *count);

	/* The user dropped this bookmark for good: its stars have the bookmark 0 from now on. */
	enum status (*tombstone)(struct star_ledger *ledger, int64_t bookmark);

	enum status (*get_sighting)(struct star_ledger *ledger, const char *forge, const char *user,
		int64_t repository, struct star_sighting *sighting);
	enum status (*put_sighting)(struct star_ledger *ledger, const char *forge, const char *user,
		int64_t repository, const struct star_sighting *sighting);
	enum status (*forget_sighting)(struct star_ledger *ledger, const char *forge,
		const char *user, int64_t repository);

	/* Repositories that walk number did not see. The caller frees the array. */
	enum status (*unseen)(struct star_ledger *ledger, const char *forge, const char *user,
		int64_t walk, int64_t **repositories, size_t *count);

	/* OK if any user stars it. */
	enum status (*starred)(struct star_ledger *ledger, const char *forge, int64_t repository);

	/* OK if a bookmark of this user's stars was un-made (by undo), so that it may come again.
	 */
	enum status (*unmade)(struct star_ledger *ledger, const char *forge, const char *user);

	/* Every user whose stars were asked for, until visit returns false. Also outside a unit of
	 * work. */
	enum status (*each_list)(struct star_ledger *ledger, star_list_visit_fn visit, void *self);

	/* Some user's walk that broke off. Also outside a unit of work. The caller frees user. */
	enum status (*unfinished)(struct star_ledger *ledger, char **user, struct star_walk *walk);
};

/*
 * What a later request is to bring along so that it has what is stored already, and no more:
 * timestamps, topics and tags, which are to be finished.
 */
struct star_request star_list_covers(const struct star_list *list, struct tag_set *tags);

void star_init(struct star *star);
void star_finish(struct star *star);

#endif
