#ifndef ADAPTERS_ROWS_FINDER_H
#define ADAPTERS_ROWS_FINDER_H

#include <stdbool.h>
#include <stddef.h>

#include "adapters/bootstrap.h"
#include "domain/search/search.h"

/*
 * Searching without a screen: by the same matcher, on the same rows in memory. They come from the
 * saved block of the library where that can be believed, else from the library itself.
 */
struct finding {
	const struct query *query; /* lent; NULL finds everything */
	enum row_order order;
	bool reverse;
	size_t offset;
	size_t limit; /* 0: no limit */
};

/*
 * Visits what is found, in order, until visit returns false. found is how many there are in all,
 * whatever offset and limit; it may be NULL.
 */
enum status finder_visit(struct library *library, const struct finding *finding,
	bookmark_visit_fn visit, void *self, size_t *found, struct error *error);

#endif
