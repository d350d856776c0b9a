#ifndef DOMAIN_BOOKMARKS_TAG_COUNTS_H
#define DOMAIN_BOOKMARKS_TAG_COUNTS_H

#include <stdbool.h>
#include <stddef.h>

/*
 * How often each tag occurs. Spellings that differ in case only are one tag, shown in the most
 * frequent of them (of equals, the first in byte order).
 */
struct tag_counts;

struct tag_counts *tag_counts_new(void);
void tag_counts_free(struct tag_counts *counts);

/* Counts one more; tag need not end in a NUL. */
void tag_counts_add(struct tag_counts *counts, const char *tag, size_t length);

/* Counts each tag of a list that has commas between, as rows and the library keep them. */
void tag_counts_add_list(struct tag_counts *counts, const char *list);

/* Visits every tag, sorted without regard to case, until visit returns false. */
void tag_counts_each(struct tag_counts *counts,
	bool (*visit)(void *self, const char *tag, size_t count), void *self);

#endif
