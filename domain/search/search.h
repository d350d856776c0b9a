#ifndef DOMAIN_SEARCH_SEARCH_H
#define DOMAIN_SEARCH_SEARCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "domain/search/query.h"
#include "domain/search/row.h"
#include "domain/search/shelf.h"

/*
 * A search of a shelf, cut into slices so that a key never waits for it:
 *
 *   search_start(search, query_parse(text, &error), NEWEST_FIRST, false);
 *   while (!search_run(search, 4000)) … a key? then search_start() again …
 *   search_row(search, 0 … search_count(search) - 1, &row)
 *
 * Until a search has finished, and while the query cannot be read, the last result stands. After
 * the shelf has changed the result is stale: positions still answer with the rows as they were
 * found (changed ones as they are now, those taken out are passed over with false), until the
 * same question is asked again by search_refresh() and search_run().
 */
struct search;

enum row_order {
	NEWEST_FIRST,    /* added, then id, latest first */
	LAST_MODIFIED,   /* modified, then id, latest first */
	BY_FOLDED_TITLE, /* A first; ties by id, the later first */
	BY_FOLDED_URL,
	BEST_FIRST /* all words in the title; all at beginnings of words; all in tags; the rest */
};

/* Begins with every row, newest first, finished. */
struct search *search_new(struct shelf *shelf);
void search_free(struct search *search);

/*
 * Asks a new question; what was running is dropped. Takes the query; NULL asks for everything. A
 * question that only grew is answered from within the last result.
 */
void search_start(struct search *search, struct query *query, enum row_order order, bool reverse);
void search_refresh(struct search *search); /* the same question, on the shelf as it is now */

/*
 * From the next start on, so many of the best are enough: which they are is right, and how many
 * there are in all is not known. 0 finds all.
 */
void search_limit(struct search *search, size_t most);

/* Works for about this long; true when the result stands. A budget of -1 works to the end. */
bool search_run(struct search *search, long microseconds);
bool search_running(const struct search *search);
bool search_stale(const struct search *search); /* the shelf has changed since */

/* The standing result. Rows are lent until the shelf is changed or search_run() is called. */
size_t search_count(const struct search *search);
bool search_row(const struct search *search, size_t position, struct row *row);
int64_t search_id(const struct search *search, size_t position); /* 0 if there is none */
bool search_position(const struct search *search, int64_t id, size_t *position);

/*
 * Was something found damaged in the block that the shelf was given? Then the result, and what
 * its rows say, is not to be used. Blocks from a file are checked as they are read, so rows that
 * matter are asked for once before this is.
 */
bool search_damaged(const struct search *search);

/* The question of the standing result; NULL for everything. Lent until the next search_run(). */
const struct query *search_query(const struct search *search);

/* A part of a text, in bytes. */
struct text_range {
	size_t begin;
	size_t end;
};

/*
 * The parts of a text that a query matches, in order and not overlapping, never cutting a
 * character from its marks; at most capacity of them. The text may be a title, an address, a
 * note or a list of tags as it was kept or as it is shown: place says which. query may be NULL.
 */
size_t query_marks(const struct query *query, enum place place, const char *text,
	struct text_range *ranges, size_t capacity);

#endif
