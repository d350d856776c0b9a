#ifndef DOMAIN_SEARCH_MATCHER_H
#define DOMAIN_SEARCH_MATCHER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "domain/search/query.h"
#include "domain/search/row_block.h"

/*
 * A query made ready to be asked of many rows: its terms in order of cost, its words prepared,
 * its regular expressions compiled. One matcher serves the screen and the headless mode.
 */
struct matcher;

/* The query is lent for the matcher's life. matcher_free() takes NULL. */
struct matcher *matcher_new(const struct query *query);
void matcher_free(struct matcher *matcher);

/* Rows in a form to be asked. */
struct match_rows {
	struct row_block *block;
	const struct row_table *table; /* the block's */
	const uint64_t *duplicates;    /* a bit a row; NULL unless matcher_wants_duplicates() */
	bool indexed;                  /* the block is the one that was consulted last */
};

bool matcher_wants_duplicates(const struct matcher *matcher);

/*
 * Asks the index of a block, if it has one, what it says of the words: of where they stand too, if
 * rows are to be ranked. What is known is kept until another block is consulted.
 */
void matcher_consult(struct matcher *matcher, struct row_block *block, bool ranks);

/* Rows are asked in runs of at most this many, so that a run's text stays in the cache. */
#define MATCH_RUN 2048

/*
 * Leaves of the bits (bit 0 is row first, a multiple of 64) those whose rows match. Bits at and
 * beyond count must not be set. What is read of the rows is checked before (row_block_trust());
 * of rows that are damaged none match.
 */
void matcher_narrow(const struct matcher *matcher, const struct match_rows *rows, size_t first,
	size_t count, uint64_t bits[static MATCH_RUN / 64]);

/* How well a row that matches does so, the best first. */
enum match_rank {
	RANK_TITLE,  /* all words in the title */
	RANK_STARTS, /* all at beginnings of words */
	RANK_TAGS,   /* all in tags */
	RANK_REST,
	RANKS
};

bool matcher_ranks(const struct matcher *matcher); /* false: every row is RANK_REST */

/* Leaves of the bits, rows that match and have no better rank, those of this rank. */
void matcher_rank(const struct matcher *matcher, const struct match_rows *rows, size_t first,
	size_t count, enum match_rank rank, uint64_t bits[static MATCH_RUN / 64]);

#endif
