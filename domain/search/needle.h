#ifndef DOMAIN_SEARCH_NEEDLE_H
#define DOMAIN_SEARCH_NEEDLE_H

#include <stddef.h>

/*
 * A run of folded bytes to be found in a long text, many times over; ASCII letters of the text are
 * found in either case. Two of its bytes, the rarest in ordinary text, are looked for in sixteen
 * places at once.
 */
struct needle {
	const char *bytes; /* lent */
	size_t length;     /* at least 1 */
	size_t first;      /* where in bytes the two are, first <= second */
	size_t second;
};

void needle_init(struct needle *needle, const char *bytes, size_t length);

/* The first place in [text, end) where it stands whole; NULL if there is none. */
const char *needle_find(const struct needle *needle, const char *text, const char *end);

#endif
