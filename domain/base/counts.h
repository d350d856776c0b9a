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

/* The same one by one, in the order in which they are told. */
enum count { COUNT_ADDED, COUNT_UPDATED, COUNT_UNCHANGED, COUNT_GONE, COUNT_SKIPPED, COUNTS };

/* As JSON, events and sentences have it. */
const char *counts_name(enum count count);
size_t counts_value(const struct counts *counts, enum count count);

void counts_add(struct counts *to, const struct counts *more);

/* "3 added, 1 updated", of those whose bits (1u << COUNT_ADDED) are in which. Yours to free. */
#define COUNTS_ALL      ((1u << COUNTS) - 1)
#define COUNTS_BUT_GONE (COUNTS_ALL & ~(1u << COUNT_GONE))
char *counts_print(const struct counts *counts, unsigned which);

#endif
