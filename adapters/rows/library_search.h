#ifndef ADAPTERS_ROWS_LIBRARY_SEARCH_H
#define ADAPTERS_ROWS_LIBRARY_SEARCH_H

#include <stdbool.h>
#include <stddef.h>

#include "adapters/bootstrap.h"
#include "domain/search/search.h"

/*
 * Searching without a screen: by the same match, of the same rows in memory. They come from the
 * cache of the library where that can be believed, else from the library itself.
 */
struct search_options {
	const struct query *query; /* borrowed; NULL finds everything */
	enum row_order order;
	bool reverse;
	size_t offset;
	size_t limit; /* 0: no limit */
};

/*
 * Visits what is found, in order, until visit returns false; no transaction is open meanwhile.
 * found is how many there are in all, whatever offset and limit; it may be NULL.
 */
enum status library_search_visit(struct library *library, const struct search_options *options,
	bookmark_visit_fn visit, void *self, size_t *found, struct error *error);

/*
 * The same for a program that stays: the rows are kept from one search to the next, and what
 * changed meanwhile, here or in other programs, is read again by the events that tell of it.
 */
struct library_search;

struct library_search *library_search_new(struct library *library); /* borrowed */
void library_search_free(struct library_search *search);

enum status library_search_again(struct library_search *search,
	const struct search_options *options, bookmark_visit_fn visit, void *self, size_t *found,
	struct error *error);

/* Visits every tag with how many bookmarks have it, as the catalogue does, from the kept rows. */
enum status library_search_each_tag(
	struct library_search *search, tag_visit_fn visit, void *self, struct error *error);

#endif
