#ifndef ADAPTERS_STARS_STAR_PLAN_H
#define ADAPTERS_STARS_STAR_PLAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "domain/base/error.h"
#include "domain/stars/star.h"

/*
 * Which pages a walk asks for, and in what order they are stored, so that it is fast and yet
 * misses nothing of a list that moves meanwhile. It asks and stores nothing itself.
 *
 * Oldest first, a new star is only ever appended, and one taken back moves later ones down. So:
 *
 *   first    page 1 tells which page is the last
 *   descent  from the last page, which goes alone, down, several at once, stored in that order
 *   check    the last page again: if its first star is the one seen before, none before it was
 *            taken back meanwhile, and nothing can have slipped from one page to another
 *   serial   if it has moved: once more, one page at a time. In this order a star only moves
 *            towards pages still to come, so nothing is missed whatever happens
 *   tail     what was appended meanwhile
 *
 * After a complete walk the newest come first, until a page holds nothing new. If a whole page is
 * new, others may have slipped past it; then again from the last page down, until one holds
 * nothing new.
 *
 * Every page below the cursor is still to come. One of a descent is only good if its check would
 * be; one of a serial walk is good days later.
 */
enum star_phase {
	PHASE_FIRST,
	PHASE_PROBE,  /* a full page that says nothing of others: is there one? */
	PHASE_RESUME, /* a descent that broke off: has the last page moved since? */
	PHASE_DESCENT,
	PHASE_CHECK,
	PHASE_SERIAL,
	PHASE_TAIL,
	PHASE_TAIL_DOWN,
	PHASE_FORWARD, /* the last page cannot be told: along next */
	PHASE_NEWEST,
	PHASE_NEWEST_DOWN,
	PHASE_DONE,
	PHASES
};

struct star_plan {
	enum star_phase phase;
	bool everything; /* at the end: every page was seen */
	int jobs;
	int per_page;
	bool rehearsal; /* nothing is stored, so nothing can be found again */
	int at;         /* the next page to ask for; in a descent they run ahead of store */
	int store;      /* in a descent: the next page to store */
	int last;       /* the last page, as the walk began */
	int64_t anchor; /* the first star of it */
	int asked;      /* orders that are neither stored nor dropped */
	int probes;     /* that found another page */
	int empty;      /* pages without anything, in a row */
	bool below;     /* the tail is to be followed down too */
	char *link;     /* the Link to follow to at, or NULL */
	int generation; /* orders of an earlier one are to be dropped */
	char cursor[sizeof((struct star_walk){0}.cursor)];
};

struct star_plan_start {
	enum star_walk_kind kind;
	const char *cursor; /* "" to begin anew */
	int jobs;
	int per_page;
	bool rehearsal;
};

void star_plan_init(struct star_plan *plan, const struct star_plan_start *start);
void star_plan_finish(struct star_plan *plan);

/* A page to ask for. */
struct star_page_request {
	int page;
	bool newest_first;
	char *link; /* yours; the Link to follow to it, NULL: its number tells */
	int generation;
};

/* What a page is like; next, before and last are numbers of pages by its Link, 0 for none. */
struct star_page_info {
	size_t items;  /* in it, of whatever worth */
	size_t stars;  /* that can be used */
	int64_t first; /* repository of the first star */
	bool linked;   /* it has a Link */
	bool garbled;  /* of which nothing can be read */
	int next;
	int before;
	int last;
	const char *next_link; /* lent */
	const char *before_link;
};

/* The next page to ask for; false if none is for now. At most jobs are to be under way. */
bool star_plan_ask(struct star_plan *plan, struct star_page_request *request);

/* OK; REMOTE, with why, of a page that contradicts itself or the walk. */
enum status star_plan_check(const struct star_plan *plan, const struct star_page_request *request,
	const struct star_page_info *info, struct error *error);

/* Whether it is this page's turn: in a descent they arrive in any order. */
bool star_plan_is_turn(const struct star_plan *plan, const struct star_page_request *request);

/*
 * At its turn: true if the page is to be stored, with plan->cursor; star_plan_stored() follows.
 * False: it has told what it was asked for, and the plan has moved on.
 */
bool star_plan_use(struct star_plan *plan, const struct star_page_request *request,
	const struct star_page_info *info);

/* new_stars: stars that were not this user's before the walk; seen_stars: that this walk had seen
 * before. */
void star_plan_stored(struct star_plan *plan, const struct star_page_request *request,
	const struct star_page_info *info, size_t new_stars, size_t seen_stars);

/* The newest page is what it was at the end of the last walk: nothing is new. */
void star_plan_unchanged(struct star_plan *plan);

/* How many of how many pages a cursor says are stored; 0 of 0 if it does not. */
void star_plan_where(const char *cursor, size_t *stored, size_t *pages);

/* From now on one page at a time. */
void star_plan_slow_down(struct star_plan *plan);

#endif
