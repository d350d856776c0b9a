#include "tui/actions.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "domain/base/memory.h"

/* Names that fingers know from elsewhere. */
static const struct {
	const char *name;
	const char *means;
} aliases[] = {
	{"q", "quit"},
	{"quit!", "quit"},
	{"q!", "quit"},
	{"search", "filter"},
	{"list", "filter"},
	{"show", "details"},
	{"keys", "map"},
};

static action_fn function_of(enum action action)
{
	for (size_t i = 0; i < keymap_row_count(); i++) {
		if (keymap_row(i)->action == action)
			return keymap_row(i)->act;
	}
	return NULL;
}

void actions_do(struct screen *screen, enum action action, const char *argument)
{
	action_fn act = function_of(action);

	screen->stale = true;
	if (act)
		act(screen, argument);
	else if (action >= ACTION_DOWN && action <= ACTION_LAST)
		act_move(screen, action);
}

static bool has_a_name(const struct keymap_row *row)
{
	return row->scenes & AT_VIEWS;
}

static const struct keymap_row *named(const char *name, size_t length)
{
	const struct keymap_row *found = NULL;

	for (size_t i = 0; i < keymap_row_count(); i++) {
		const struct keymap_row *row = keymap_row(i);
		if (!has_a_name(row) || strncasecmp(row->name, name, length) != 0)
			continue;
		if (row->name[length] == '\0')
			return row;
		if (found && found->action != row->action)
			return NULL;
		found = row;
	}
	return found;
}

/* A command runs in a view where its key would: one that means something elsewhere goes there. */
static bool can_run_here(struct screen *screen, const struct keymap_row *row)
{
	if (row->scenes & screen_view(screen))
		return true;
	if (row->scenes & AT_LIST) {
		while (screen_close_view(screen))
			;
		return true;
	}
	if (row->scenes & AT_TAGS)
		act_tags(screen, NULL);
	return row->scenes & (AT_TAGS | AT_IMPORT) || row->action == ACTION_PURGE;
}

void actions_run(struct screen *screen, const char *line)
{
	line += strspn(line, " :");
	size_t length = strcspn(line, " ");
	const char *argument = line + length + strspn(line + length, " ");
	const char *name = line;

	if (length == 0)
		return;
	for (size_t i = 0; i < sizeof(aliases) / sizeof(aliases[0]); i++) {
		if (strlen(aliases[i].name) == length &&
			strncmp(aliases[i].name, line, length) == 0) {
			name = aliases[i].means;
			length = strlen(name);
			break;
		}
	}
	const struct keymap_row *row = named(name, length);
	if (!row)
		screen_say(screen, MESSAGE_ERROR,
			"There is no command \"%.*s\"; Tab after : lists them", (int)length, name);
	else if (!can_run_here(screen, row))
		screen_say(screen, MESSAGE_ERROR, ":%s means nothing in this view", row->name);
	else
		actions_do(screen, row->action, *argument ? argument : NULL);
}
