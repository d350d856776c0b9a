#include <stdlib.h>

#include "domain/base/sort.h"

struct order {
	sort_compare *compare;
	void *context;
};

/* Of the sort that this thread is in: qsort(3) hands nothing on to the comparison. */
static _Thread_local struct order current;

static int compare_by_current(const void *left, const void *right)
{
	return current.compare(left, right, current.context);
}

void sort_with(void *items, size_t count, size_t size, sort_compare *compare, void *context)
{
	const struct order outer = current;

	if (count < 2)
		return;
	current = (struct order){compare, context};
	qsort(items, count, size, compare_by_current);
	current = outer;
}
