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
	free(result->items);
	free(result->steps);
	*result = (struct result){0};
}

static const struct {
	const char *verb;
	const char *one;
	const char *many;
} deeds[COMMAND_TYPES] = {
	[ADD_BOOKMARKS] = {"Added", "bookmark", "bookmarks"},
	[EDIT_BOOKMARKS] = {"Edited", "bookmark", "bookmarks"},
	[DELETE_BOOKMARKS] = {"Deleted", "bookmark", "bookmarks"},
	[RESTORE_BOOKMARKS] = {"Restored", "bookmark", "bookmarks"},
	[EMPTY_TRASH] = {"Dropped from the trash", "bookmark", "bookmarks"},
	[RENAME_TAGS] = {"Renamed tags of", "bookmark", "bookmarks"},
	[DELETE_TAGS] = {"Deleted tags of", "bookmark", "bookmarks"},
	[TAKE_IN_BOOKMARKS] = {"Imported", "bookmark", "bookmarks"},
	[UNDO] = {"Took back", "change", "changes"},
	[REDO] = {"Did again", "change", "changes"},
	[REQUEST_STARS] = {"Asked for", "star", "stars"},
	[TAKE_IN_STARS] = {"Imported", "star", "stars"},
	[FINISH_STARS] = {"Marked", "star taken back", "stars taken back"},
};

char *describe_change(enum command_type command, size_t bookmarks, const char *subject)
{
	const char *verb = deeds[command].verb;
	const char *noun = bookmarks == 1 ? deeds[command].one : deeds[command].many;

	if (subject && *subject)
		return memory_print("%s %zu %s (%s)", verb, bookmarks, noun, subject);
	return memory_print("%s %zu %s", verb, bookmarks, noun);
}
