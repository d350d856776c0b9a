#include <stdlib.h>

#include "domain/base/sort.h"

void sort_with(void *items, size_t count, size_t size, sort_compare *compare, void *context)
{
	if (count > 1)
		qsort_r(items, count, size, compare, context);
}
