#ifndef DOMAIN_BASE_SORT_H
#define DOMAIN_BASE_SORT_H

#include <stddef.h>

/* As strcmp(3) answers; the context is what sort_with() was given. */
typedef int sort_compare(const void *left, const void *right, void *context);

/*
 * qsort(3) with a context for the comparison: qsort_r as glibc, musl and POSIX.1-2024 have it,
 * which macOS and older BSDs have with its arguments in another order. Not stable.
 */
void sort_with(void *items, size_t count, size_t size, sort_compare *compare, void *context);

#endif
