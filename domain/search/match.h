#ifndef DOMAIN_SEARCH_MATCH_H
#define DOMAIN_SEARCH_MATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "domain/search/query.h"
#include "domain/search/row_segment.h"

/*
 * A query made ready to be asked of many rows: its terms in order of cost, its words prepared,
 * its regular expressions compiled. One match serves the screen and the headless mode.
 */
struct match;

/* The query is borrowed for the match's life. match_free() takes NULL. */
struct match *match_new(const struct query *query);
void match_free(struct match *match);

bool match_wants_duplicates(const struct match *match);

/* How well a row matches, the best first. */
enum match_rank {
	RANK_TITLE,  /* all words in the title */
	RANK_STARTS, /* all at beginnings of words */
	RANK_TAGS,   /* all in tags */
	RANK_REST,   /* anyhow: what ranks better does so too */
	RANKS
};

bool match_has_ranks(const struct match *match); /* false: every row is RANK_REST */

/*
 * Rows are asked in runs of at most this many, so that a run's text stays in the cache. The
 * trigrams of a segment that has some say which groups of a run are read at all.
 */
#define MATCH_RUN 2048

struct match_run {
	struct row_segment *segment;
	const struct row_table *table; /* the segment's */
	const uint64_t *duplicates;    /* a bit a row; NULL unless match_wants_duplicates() */
	bool titles_asked;             /* no row has all words in its title: RANK_TITLE was asked */
	size_t first;                  /* a multiple of MATCH_RUN */
	size_t count;
};

/*
 * Leaves of the bits (bit 0 is the run's first row) those whose rows match so well. None beyond
 * count may be set. Rows are opened before they are read (row_segment_open()); of a segment that is
 * corrupt nothing matches.
 */
void match_filter(const struct match *match, const struct match_run *run, enum match_rank rank,
	uint64_t bits[static MATCH_RUN / 64]);

#endif
