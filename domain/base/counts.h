#ifndef DOMAIN_BASE_COUNTS_H
#define DOMAIN_BASE_COUNTS_H

#include <stddef.h>

/* What became of the bookmarks that a command or an import was about. */
struct counts {
	size_t added;
	size_t updated;
	size_t unchanged;
	size_t skipped;
	size_t gone; /* marked as gone from where they came from */
};

void counts_add(struct counts *to, const struct counts *more);

#endif
