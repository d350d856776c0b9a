#include "domain/outcome.h"

#include <stdlib.h>

#include "domain/memory.h"

void outcome_add_item(struct outcome *outcome, enum status status, int64_t id)
{
	outcome->items = memory_grow(outcome->items, outcome->item_count, &outcome->item_capacity,
		sizeof(*outcome->items));
	outcome->items[outcome->item_count++] = (struct outcome_item){status, id};
}

void outcome_add_step(struct outcome *outcome, const struct outcome_step *step)
{
	outcome->steps = memory_grow(outcome->steps, outcome->step_count, &outcome->step_capacity,
		sizeof(*outcome->steps));
	outcome->steps[outcome->step_count++] = *step;
}

void outcome_finish(struct outcome *outcome)
{
	free(outcome->items);
	free(outcome->steps);
	*outcome = (struct outcome){0};
}

static const char *const verbs[COMMAND_TYPES] = {
	[ADD_BOOKMARKS] = "Added",
	[EDIT_BOOKMARKS] = "Edited",
	[DELETE_BOOKMARKS] = "Deleted",
	[RESTORE_BOOKMARKS] = "Restored",
	[EMPTY_TRASH] = "Dropped from the trash",
	[RENAME_TAGS] = "Renamed tags of",
	[DELETE_TAGS] = "Deleted tags of",
	[TAKE_IN_BOOKMARKS] = "Imported",
	[UNDO] = "Took back",
	[REDO] = "Did again",
	[REQUEST_STARS] = "Asked for stars of",
	[TAKE_IN_STARS] = "Imported stars into",
	[FINISH_STARS] = "Marked stars of",
};

char *describe_change(enum command_type command, size_t bookmarks, const char *subject)
{
	const char *noun = bookmarks == 1 ? "bookmark" : "bookmarks";

	if (subject && *subject)
		return memory_print("%s %zu %s (%s)", verbs[command], bookmarks, noun, subject);
	return memory_print("%s %zu %s", verbs[command], bookmarks, noun);
}
