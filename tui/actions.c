#include "tui/actions.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "domain/base/memory.h"

static const action_fn functions[ACTION_COUNT] = {
	[ACTION_OPEN] = act_open,
	[ACTION_DETAILS] = act_details,
	[ACTION_FOLLOW] = act_follow,
	[ACTION_ALIKE] = act_alike,
	[ACTION_FILTER] = act_filter,
	[ACTION_CLEAR_FILTER] = act_clear_filter,
	[ACTION_MARK] = act_mark,
	[ACTION_RANGE] = act_range,
	[ACTION_MARK_ALL] = act_mark_all,
	[ACTION_CLEAR_MARKS] = act_clear_marks,
	[ACTION_ADD] = act_add,
	[ACTION_EDIT] = act_edit,
	[ACTION_EDIT_TEXT] = act_edit_text,
	[ACTION_TAGS] = act_tags,
	[ACTION_CHANGE_TAGS] = act_change_tags,
	[ACTION_REPEAT_TAGS] = act_repeat_tags,
	[ACTION_DELETE] = act_delete,
	[ACTION_UNDO] = act_undo,
	[ACTION_REDO] = act_redo,
	[ACTION_COPY] = act_copy,
	[ACTION_COPY_ALL] = act_copy_all,
	[ACTION_SEARCHES] = act_searches,
	[ACTION_SAVE_SEARCH] = act_save_search,
	[ACTION_SORT] = act_sort,
	[ACTION_REVERSE] = act_reverse,
	[ACTION_PREVIEW] = act_preview,
	[ACTION_PREVIEW_DOWN] = act_preview_down,
	[ACTION_PREVIEW_UP] = act_preview_up,
	[ACTION_PREVIEW_LARGER] = act_preview_larger,
	[ACTION_PREVIEW_SMALLER] = act_preview_smaller,
	[ACTION_CHOOSE] = act_choose,
	[ACTION_PICK_MARK] = act_pick_mark,
	[ACTION_PICK_MARK_BACK] = act_pick_mark_back,
	[ACTION_PICK_KEYS] = act_pick_keys,
	[ACTION_SHOW_TAG] = act_show_tag,
	[ACTION_RENAME_TAG] = act_rename_tag,
	[ACTION_MERGE_TAGS] = act_merge_tags,
	[ACTION_DELETE_TAGS] = act_delete_tags,
	[ACTION_TRASH] = act_trash,
	[ACTION_RESTORE] = act_restore,
	[ACTION_PURGE] = act_purge,
	[ACTION_IMPORT_PANEL] = act_import_panel,
	[ACTION_STARS] = act_stars,
	[ACTION_STOP_STARS] = act_stop_stars,
	[ACTION_IMPORT] = act_import,
	[ACTION_BROWSERS] = act_browsers,
	[ACTION_EXPORT] = act_export,
	[ACTION_BACKUP] = act_backup,
	[ACTION_SERVE] = act_serve,
	[ACTION_CHECK] = act_check,
	[ACTION_STOP_CHECK] = act_stop_check,
	[ACTION_LINKS] = act_links,
	[ACTION_FOLLOW_MOVED] = act_follow_moved,
	[ACTION_OPEN_ARCHIVED] = act_open_archived,
	[ACTION_KEEP_LINK] = act_keep_link,
	[ACTION_RELOAD] = act_reload,
	[ACTION_COMMAND] = act_command,
	[ACTION_MESSAGES] = act_messages,
	[ACTION_EVENTS] = act_events,
	[ACTION_DOCTOR] = act_doctor,
	[ACTION_HELP] = act_help,
	[ACTION_MAP] = act_map,
	[ACTION_SET] = act_set,
	[ACTION_THEME] = act_theme,
	[ACTION_REDRAW] = act_redraw,
	[ACTION_SUSPEND] = act_suspend,
	[ACTION_BACK] = act_back,
	[ACTION_STEP_BACK] = act_step_back,
	[ACTION_CLOSE] = act_close,
	[ACTION_CANCEL] = act_cancel,
	[ACTION_QUIT] = act_quit,
	[ACTION_ACCEPT] = act_accept,
	[ACTION_ACCEPT_AND_OPEN] = act_accept_and_open,
	[ACTION_COMPLETE] = act_complete,
	[ACTION_COMPLETE_BACK] = act_complete_back,
	[ACTION_NEXT_FIELD] = act_next_field,
	[ACTION_PREVIOUS_FIELD] = act_previous_field,
	[ACTION_SAVE] = act_save,
};

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

bool action_is_complete(enum action action)
{
	return functions[action] || (action >= ACTION_DOWN && action <= ACTION_LAST) ||
	       (action >= ACTION_LINE && action <= ACTION_LINE_LAST);
}

void actions_do(struct screen *screen, enum action action, const char *argument)
{
	screen->stale = true;
	if (action >= ACTION_DOWN && action <= ACTION_LAST)
		act_move(screen, action);
	else if (functions[action])
		functions[action](screen, argument);
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

/*
 * 0: begins with what was typed; 1: holds it; 2: its help does; 3: not at all, but nothing was
 * typed; 4: not at all. What only a command can do comes before what every finger knows.
 */
static int rank(const struct keymap_row *row, const char *typed, size_t length)
{
	char *word = memory_copy_bytes(typed, length);
	int rank = 4;

	if (length == 0)
		rank = row->argument ? 0 : row->action <= ACTION_LAST ? 3 : 1;
	else if (strncasecmp(row->name, word, length) == 0)
		rank = 0;
	else if (strcasestr(row->name, word))
		rank = 1;
	else if (strcasestr(row->help, word))
		rank = 2;
	free(word);
	return rank;
}

static size_t match_commands(const char *typed, int from, int to, struct command_match *matches,
	size_t count, size_t capacity)
{
	size_t length = strcspn(typed, " ");

	for (int wanted = from; wanted <= to; wanted++) {
		for (size_t i = 0; i < keymap_row_count() && count < capacity; i++) {
			const struct keymap_row *row = keymap_row(i);
			if (has_a_name(row) && rank(row, typed, length) == wanted)
				matches[count++] =
					(struct command_match){.row = row, .by_name = wanted != 2};
		}
	}
	return count;
}

size_t actions_match(const struct screen *screen, const char *typed, struct command_match *matches,
	size_t capacity)
{
	size_t count = match_commands(typed, 0, 1, matches, 0, capacity);

	for (size_t i = 0; *typed && i < screen->searches.count && count < capacity; i++) {
		const struct saved_search *search = &screen->searches.all[i];
		if (strcasestr(search->name, typed))
			matches[count++] =
				(struct command_match){keymap_row_named("searches"), search, true};
	}
	return match_commands(typed, 2, 3, matches, count, capacity);
}

char *command_match_line(const struct command_match *match)
{
	return match->search ? memory_print("%s %s", match->row->name, match->search->name)
			     : memory_copy_string(match->row->name);
}

void actions_complete(
	const struct screen *screen, struct completion *completion, const struct line_editor *line)
{
	struct command_match matches[64];
	size_t count = actions_match(screen, line->text, matches, 64);

	if (strchr(line->text, ' '))
		return;
	completion->from = 0;
	completion->typed = memory_copy_string(line->text);
	for (size_t i = 0; i < count && matches[i].by_name; i++) {
		char *word = command_match_line(&matches[i]);
		completion_add(completion, word);
		free(word);
	}
}
