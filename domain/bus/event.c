#include "domain/bus/event.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "domain/base/buffer.h"
#include "domain/base/memory.h"

/* A row that misses a field, or an event without a row, does not compile. */
#pragma GCC diagnostic error "-Wmissing-field-initializers"

static const struct {
	enum event_type type;
	const char *name;
	const char
		*meaning;   /* for people: in "barky events --help", and in the log on the screen */
	const char *before; /* there what its command did is told, behind this; NULL: the meaning */
} rows[] = {
	{BOOKMARKS_ADDED, "bookmarks_added", "bookmarks are new, by hand or by an import", ""},
	{BOOKMARKS_EDITED, "bookmarks_edited", "fields of bookmarks changed", ""},
	{BOOKMARKS_DELETED, "bookmarks_deleted", "bookmarks went into the trash", ""},
	{BOOKMARKS_RESTORED, "bookmarks_restored", "bookmarks came out of the trash", ""},
	{TRASH_EMPTIED, "trash_emptied", "bookmarks are gone for good", ""},
	{TAGS_RENAMED, "tags_renamed", "a tag was renamed everywhere", NULL},
	{TAGS_DELETED, "tags_deleted", "a tag was taken off everywhere", NULL},
	{CHANGE_UNDONE, "change_undone", "bookmarks are what they were before a change", "Undid: "},
	{CHANGE_REDONE, "change_redone", "bookmarks are again what a change made of them",
		"Redid: "},
	{STARS_REQUESTED, "stars_requested", "an import of stars began", NULL},
	{STARS_TAKEN_IN, "stars_taken_in", "a page of stars was stored", NULL},
	{STARS_FINISHED, "stars_finished", "an import of stars is complete", NULL},
	{STARS_BROKE_OFF, "stars_broke_off", "an import of stars stopped before its end", NULL},
	{COMMAND_REFUSED, "command_refused", "a command was refused before it began", NULL},
	{RECEIVER_FAILED, "receiver_failed", "a part of barky failed to take note of something",
		NULL},
	{HOOK_PASSED_OVER, "hook_passed_over", "a hook failed so often that it lost an event",
		NULL},
	{LIBRARY_MIGRATED, "library_migrated", "the library was brought to a newer schema", NULL},
	{LINKS_ASKED, "links_asked", "addresses were asked whether they still answer", ""},
	{LINKS_CHECKED, "links_checked", "a check of links is over", NULL},
	{LINK_DIED, "link_died", "addresses are gone: not found twice, a day apart", NULL},
	{LINK_HAS_MOVED, "link_moved", "addresses have moved for good", NULL},
	{WORK_DONE, "work_done", "scheduled work was done", NULL},
	{WORK_FAILED, "work_failed", "scheduled work failed, and is tried again later", NULL},
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

/* What the command did is all that there is to tell. */
static bool tells_of_command(const struct event *event)
{
	return (unsigned)event->type < EVENT_TYPES && rows[event->type].before;
}

static void add_command(struct buffer *text, const struct event *event, const char *name)
{
	char *what = name ? describe_change_of(event->command, name, event->subject)
			  : describe_change(event->command, event->count, event->subject);

	buffer_add_string(text, rows[event->type].before);
	buffer_add_string(text, what);
	free(what);
}

static void add_meaning(struct buffer *text, const struct event *event, const char *name)
{
	const char *meaning = event_meaning(event->type);

	buffer_add_char(text, (char)toupper((unsigned char)*meaning));
	buffer_add_string(text, meaning + 1);
	if (name)
		buffer_print(text, ": \"%s\"", name);
	else if (event->count > 0)
		buffer_print(text, ": %zu bookmarks", event->count);
	if (*event->subject)
		buffer_print(text, " (%s)", event->subject);
}

/* "title,tags"; of what a command always changes they say nothing new. */
static void add_fields(struct buffer *text, const struct event *event)
{
	bool any = event->command == EDIT_BOOKMARKS || event->command == BATCH ||
		   event->command == TAKE_IN_BOOKMARKS || event->command == TAKE_IN_STARS;
	const char *separator = ": ";

	if (!event->fields || !any || event->type != BOOKMARKS_EDITED)
		return;
	for (const char *field = event->fields; *field; separator = ", ") {
		size_t length = strcspn(field, ",");
		buffer_print(text, "%s%.*s", separator, (int)length, field);
		field += length + (field[length] == ',');
	}
}

/* Of lines "KEY VALUE" the counts, and the words for people. */
static void add_detail(struct buffer *text, const struct event *event)
{
	const char *separator = ": ";
	const char *line = event->detail && !tells_of_command(event) ? event->detail : "";

	for (size_t length; *line; line += length + (line[length] == '\n')) {
		length = strcspn(line, "\n");
		int key = (int)strcspn(line, " \n");
		const char *value = line + key + 1;
		int rest = (int)length - key - 1;
		if (rest < 1)
			continue;
		if (strtoul(value, NULL, 10) > 0 && strspn(value, "0123456789") == (size_t)rest)
			buffer_print(text, "%s%.*s %.*s", separator, rest, value, key, line);
		else if (strncmp(line, "reason ", 7) == 0 || strncmp(line, "result ", 7) == 0)
			buffer_print(text, "%s%.*s", separator, rest, value);
		else
			continue;
		separator = ", ";
	}
}

char *event_describe(const struct event *event, const char *name)
{
	struct buffer text = {0};

	if (tells_of_command(event))
		add_command(&text, event, name);
	else
		add_meaning(&text, event, name);
	add_fields(&text, event);
	add_detail(&text, event);
	return buffer_take(&text);
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
