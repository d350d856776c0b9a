#include "domain/bus/result.h"

#include <stdlib.h>

#include "domain/base/memory.h"

void result_add_item(struct result *result, enum status status, int64_t id)
{
	result->items = memory_grow(
		result->items, result->item_count, &result->item_capacity, sizeof(*result->items));
	result->items[result->item_count++] = (struct result_item){status, id};
}

void result_add_step(struct result *result, const struct result_step *step)
{
	result->steps = memory_grow(
		result->steps, result->step_count, &result->step_capacity, sizeof(*result->steps));
	result->steps[result->step_count++] = *step;
}

void result_finish(struct result *result)
{
	for (size_t i = 0; i < result->part_count; i++)
		result_finish(&result->parts[i]);
	free(result->parts);
	free(result->items);
	free(result->steps);
	*result = (struct result){0};
}
