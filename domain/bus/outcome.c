#include "domain/bus/outcome.h"

#include <stdlib.h>

#include "domain/base/memory.h"

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
