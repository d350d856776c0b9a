#ifndef DOMAIN_SEARCH_SEARCH_H
#define DOMAIN_SEARCH_SEARCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "domain/search/query.h"
#include "domain/search/row.h"
#include "domain/search/row_store.h"

/*
 * A search of a row store, cut into slices so that a key never waits for it:
 *
 *   search_start(search, query_parse(text, &error), BEST_FIRST, false);
 *   while (!search_run(search, 4000)) … a key? then search_start() again …
 *   search_row(search, 0 … search_count(search) - 1, &row)
 *
 * As soon as the first rows are sure they are the current result, as far as it goes: their places
 * are final. When search_run() returns true all others are there, and it is known how many they
 * are. Until the first rows are there, and while the query cannot be read, the last result is
 * current.
 *
 * After the store has changed the result is stale: positions still answer with the rows as they
 * were found (changed ones as they are now, those taken out are passed over with false), until the
 * same question is asked again by search_refresh() and search_run().
 */
struct search;

/* Rows that are shown before all is found: a tall screen's worth. */
#define SEARCH_FIRST_ROWS 200

/* Begins without a result, asking for every row, newest first: search_run() finds them. */
struct search *search_new(struct row_store *store);
void search_free(struct search *search);

/*
 * Asks a new question; what was running is dropped. Takes the query; NULL asks for everything. A
 * question that only grew is answered from within the last result.
 */
void search_start(struct search *search, struct query *query, enum row_order order, bool reverse);

/* The same question, of the store as it is now; its first rows come with all the others. */
void search_refresh(struct search *search);

/*
 * From the next start on, so many of the best are enough: which they are is right, and how many
 * there are in all is not known. 0 finds all.
 */
void search_limit(struct search *search, size_t limit);

/*
 * Works for about this long, or until there is something new to show; true when all is found. A
 * budget of -1 works to the end.
 */
bool search_run(struct search *search, long microseconds);
bool search_running(const struct search *search);
bool search_stale(const struct search *search); /* the store has changed since */

/* Another number whenever another result is current. */
uint64_t search_generation(const struct search *search);

/* Has the current result all that there is? Else only its first rows, and more match. */
bool search_complete(const struct search *search);

/* The current result. Rows are borrowed until the store is changed or search_run() is called. */
size_t search_count(const struct search *search);
bool search_row(const struct search *search, size_t position, struct row *row);
int64_t search_id(const struct search *search, size_t position); /* 0 if there is none */
bool search_position(const struct search *search, int64_t id, size_t *position);

/* The question of the current result; NULL for everything. Borrowed until the next search_run(). */
const struct query *search_query(const struct search *search);

#endif
