#include "domain/bus/event.h"

#include <string.h>

static const char *const names[EVENT_TYPES] = {
	[BOOKMARKS_ADDED] = "bookmarks_added",
	[BOOKMARKS_EDITED] = "bookmarks_edited",
	[BOOKMARKS_DELETED] = "bookmarks_deleted",
	[BOOKMARKS_RESTORED] = "bookmarks_restored",
	[TRASH_EMPTIED] = "trash_emptied",
	[TAGS_RENAMED] = "tags_renamed",
	[TAGS_DELETED] = "tags_deleted",
	[CHANGE_UNDONE] = "change_undone",
	[CHANGE_REDONE] = "change_redone",
	[STARS_REQUESTED] = "stars_requested",
	[STARS_TAKEN_IN] = "stars_taken_in",
	[STARS_FINISHED] = "stars_finished",
	[STARS_BROKE_OFF] = "stars_broke_off",
};

const char *event_name(enum event_type type)
{
	return names[type];
}

bool event_type_of(const char *name, enum event_type *type)
{
	for (int i = 0; i < EVENT_TYPES; i++) {
		if (strcmp(names[i], name) == 0) {
			*type = (enum event_type)i;
			return true;
		}
	}
	return false;
}
