#include "domain/bus/event.h"

#include <string.h>

/* A row that misses a field, or an event without a row, does not compile. */
#pragma GCC diagnostic error "-Wmissing-field-initializers"

/* meaning: for people, in "barky events --help". */
static const struct {
	enum event_type type;
	const char *name;
	const char *meaning;
} rows[] = {
	{BOOKMARKS_ADDED, "bookmarks_added", "bookmarks are new, by hand or by an import"},
	{BOOKMARKS_EDITED, "bookmarks_edited", "fields of bookmarks changed"},
	{BOOKMARKS_DELETED, "bookmarks_deleted", "bookmarks went into the trash"},
	{BOOKMARKS_RESTORED, "bookmarks_restored", "bookmarks came out of the trash"},
	{TRASH_EMPTIED, "trash_emptied", "bookmarks are gone for good"},
	{TAGS_RENAMED, "tags_renamed", "a tag was renamed everywhere"},
	{TAGS_DELETED, "tags_deleted", "a tag was taken off everywhere"},
	{CHANGE_UNDONE, "change_undone", "bookmarks are what they were before a change"},
	{CHANGE_REDONE, "change_redone", "bookmarks are again what a change made of them"},
	{STARS_REQUESTED, "stars_requested", "an import of stars began"},
	{STARS_TAKEN_IN, "stars_taken_in", "a page of stars was stored"},
	{STARS_FINISHED, "stars_finished", "an import of stars is complete"},
	{STARS_BROKE_OFF, "stars_broke_off", "an import of stars stopped before its end"},
	{COMMAND_REFUSED, "command_refused", "a command was refused before it began"},
	{RECEIVER_FAILED, "receiver_failed", "a part of barky failed to take note of something"},
	{HOOK_PASSED_OVER, "hook_passed_over", "a hook failed so often that it lost an event"},
	{LIBRARY_MIGRATED, "library_migrated", "the library was brought to a newer schema"},
	{LINKS_ASKED, "links_asked", "addresses were asked whether they still answer"},
	{LINKS_CHECKED, "links_checked", "a check of links is over"},
	{LINK_DIED, "link_died", "addresses are gone: not found twice, a day apart"},
	{LINK_HAS_MOVED, "link_moved", "addresses have moved for good"},
	{WORK_DONE, "work_done", "scheduled work was done"},
	{WORK_FAILED, "work_failed", "scheduled work failed, and is tried again later"},
};

_Static_assert(sizeof(rows) / sizeof(rows[0]) == EVENT_TYPES, "an event has no row");

const char *event_name(enum event_type type)
{
	return (unsigned)type < EVENT_TYPES ? rows[type].name : "";
}

const char *event_meaning(enum event_type type)
{
	return (unsigned)type < EVENT_TYPES ? rows[type].meaning : "";
}

bool event_type_of(const char *name, enum event_type *type)
{
	for (int i = 0; i < EVENT_TYPES; i++) {
		if (strcmp(rows[i].name, name) == 0) {
			*type = rows[i].type;
			return true;
		}
	}
	return false;
}
