#ifndef DOMAIN_SEARCH_ROW_H
#define DOMAIN_SEARCH_ROW_H

#include <stdbool.h>
#include <stdint.h>

#include "domain/bookmarks/link.h"

/*
 * One bookmark as the rows in memory hold it. Everything is borrowed from the store or the segment
 * that gave the row, and stands until that is changed. No string is NULL.
 */
struct row {
	int64_t id;
	int64_t added; /* times as in struct bookmark */
	int64_t modified;
	int64_t checked; /* the last look at its link, in the seconds that fit 32 bits; 0: none */
	const char *title;
	const char *url;
	const char *notes;
	const char *tags; /* "a,b", sorted; "" if it has none */
	const char *source;
	bool unstarred;
	enum link_state link;
};

/* How rows are put in order. */
enum row_order {
	NEWEST_FIRST,    /* added, then id, latest first */
	LAST_MODIFIED,   /* modified, then id, latest first */
	BY_FOLDED_TITLE, /* A first; ties by id, the later first */
	BY_FOLDED_URL,
	BEST_FIRST /* all words in the title; all at beginnings of words; all in tags; the rest */
};

/* What people are shown as its title: the address where there is none. Borrowed. */
static inline const char *row_label(const struct row *row)
{
	return *row->title ? row->title : row->url;
}

#endif
