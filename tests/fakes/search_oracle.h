#ifndef TESTS_SEARCH_ORACLE_H
#define TESTS_SEARCH_ORACLE_H

#include <stdbool.h>
#include <stddef.h>

#include "domain/bookmarks/bookmark.h"
#include "domain/search/query.h"

/*
 * What the contract says of a query, a bookmark at a time and as simply as it can be said; slow,
 * and sharing nothing with the matcher but the folding of texts.
 */
bool oracle_matches(const struct query *query, const struct bookmark *bookmark,
	const struct bookmark *all, size_t count);

/* 0 all words in the title, 1 all at beginnings of words, 2 all in tags, 3 the rest. */
int oracle_rank(const struct query *query, const struct bookmark *bookmark,
	const struct bookmark *all, size_t count);

#endif
