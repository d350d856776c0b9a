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

/* Rows in a form to be asked: their columns, and where is:duplicate is asked which they are. */
struct match_rows {
	const struct row_table *table;
	const uint64_t *duplicates; /* a bit a row; NULL unless matcher_wants_duplicates() */
};

bool matcher_wants_duplicates(const struct matcher *matcher);
unsigned matcher_parts(const struct matcher *matcher); /* of rows, that it reads: enum row_part */

/* Rows are asked in runs of at most this many, so that a run's text stays in the cache. */
#define MATCH_RUN 2048

/*
 * Leaves of the bits (bit 0 is row first) those whose rows match. Bits at and beyond count must
 * not be set.
 */
void matcher_narrow(struct matcher *matcher, const struct match_rows *rows, size_t first,
	size_t count, uint64_t bits[static MATCH_RUN / 64]);

/*
 * Leaves of the groups of a block's rows (ROW_GROUP) those that can hold a match. The block has an
 * index, and groups the bits of all.
 */
void matcher_narrow_groups(
	const struct matcher *matcher, struct row_block *block, uint64_t *groups);

/* How well a row that matches does so, the best first. */
enum match_rank {
	RANK_TITLE,  /* all words in the title */
	RANK_STARTS, /* all at beginnings of words */
	RANK_TAGS,   /* all in tags */
	RANK_REST,
	RANKS
};

bool matcher_ranks(const struct matcher *matcher); /* false: every row is RANK_REST */

/* The rank, as far as it is above a limit: RANKS if it is not (RANKS as the limit tells all). */
enum match_rank matcher_rank(
	struct matcher *matcher, const struct match_rows *rows, size_t row, enum match_rank below);

#endif
