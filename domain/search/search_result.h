#ifndef DOMAIN_SEARCH_SEARCH_RESULT_H
#define DOMAIN_SEARCH_SEARCH_RESULT_H

#include "domain/search/hits.h"
#include "domain/search/matcher.h"
#include "domain/search/search.h"

/* What is asked. Shared by counting: the work on it, its result and the same asked again. */
struct question {
	size_t holders;
	struct query *query;     /* NULL asks for everything */
	struct matcher *matcher; /* NULL then */
	enum row_order order;
	bool reverse;
};

/*
 * Rows of a stock at one time. The hits stand in groups, the best first: one group, or of
 * BEST_FIRST one a rank. For the orders that are no order of the stock, refs lists them.
 */
struct search_result {
	struct question *question;
	struct stock *stock;
	uint64_t version; /* of the shelf */
	struct hits hits[RANKS];
	size_t groups;
	row_ref *refs;
	size_t count;
};

/* Takes the query. */
struct question *question_new(struct query *query, enum row_order order, bool reverse);
void question_free(struct question *question);

/* Takes the question; as yet without hits. */
void search_result_init(
	struct search_result *result, struct question *question, const struct shelf *shelf);
void search_result_finish(struct search_result *result);

/* Once all hits are in: counts them, so that it can be asked, unless it has to be listed first. */
void search_result_count(struct search_result *result);
bool search_result_is_listed(const struct search_result *result);

row_ref search_result_at(
	const struct search_result *result, size_t position); /* position < count */
bool search_result_position(const struct search_result *result, row_ref ref, size_t *position);

#endif
