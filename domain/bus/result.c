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

/* The first id that an addition gave; INT64_MAX: none did. An id is given once, and they grow. */
static int64_t first_made(const struct result *result, const struct command *command)
{
	bool adds = command->type == ADD_BOOKMARKS && !command->as.add_bookmarks.update;
	int64_t first = INT64_MAX;

	for (size_t i = 0; adds && i < result->item_count && first == INT64_MAX; i++)
		if (result->items[i].status == STATUS_OK)
			first = result->items[i].id;
	for (size_t i = 0; i < result->part_count && first == INT64_MAX; i++)
		first = first_made(&result->parts[i], &command->as.batch.commands[i]);
	return first;
}

static void take_back_from(struct result *result, int64_t first)
{
	result->change = 0;
	result->counts = (struct counts){0};
	for (size_t i = 0; i < result->item_count; i++)
		if (result->items[i].id >= first)
			result->items[i].id = 0;
	for (size_t i = 0; i < result->part_count; i++)
		take_back_from(&result->parts[i], first);
}

void result_take_back(struct result *result, const struct command *command)
{
	take_back_from(result, first_made(result, command));
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
