#include "tui/screen.h"

#include <stdlib.h>
#include <string.h>

#include "domain/base/memory.h"
#include "domain/search/search.h"
#include "tui/actions.h"
#include "tui/hints.h"
#include "tui/key.h"
#include "tui/list_view.h"
#include "tui/messages.h"
#include "tui/palette.h"

/* A slice of a search between two looks for keys. */
#define SLICE_US 2000

/* For a key that needs the result: more than any search takes at a million rows. */
#define FOR_A_KEY_US 200000

#define COUNT_MAX    99999

/* What is done to rows can be done to so many from the cursor on. */
static bool takes_rows(enum action action)
{
	return action == ACTION_OPEN || action == ACTION_EDIT || action == ACTION_EDIT_TEXT ||
	       action == ACTION_CHANGE_TAGS || action == ACTION_REPEAT_TAGS ||
	       action == ACTION_DELETE || action == ACTION_COPY;
}

static bool takes_count(const struct screen *screen, enum action action)
{
	if (takes_rows(action))
		return screen->count == 1 || actions_count_means_rows(screen);
	return (action >= ACTION_DOWN && action <= ACTION_LAST) || action == ACTION_MARK ||
	       action == ACTION_UNDO || action == ACTION_REDO || action == ACTION_PREVIEW_DOWN ||
	       action == ACTION_PREVIEW_UP || action == ACTION_STEP_BACK || action == ACTION_CANCEL;
}

/* A count before what cannot be done so often: better not done at all than once. */
static void refuse_count(struct screen *screen, enum action action, int32_t key)
{
	char name[KEY_NAME_SIZE], mark[KEY_NAME_SIZE];
	bool marked = takes_rows(action) && screen_view(screen) == AT_LIST;

	key_print(key, name);
	screen_say(screen, MESSAGE_ERROR,
		"%s takes no count%s, so nothing was done; %zu %s marks so many", name,
		marked ? " while rows are marked" : "", screen->count,
		keymap_key_named(screen->options.keymap, "mark", mark));
}

/* The second key of vi's 2dd or 2yy, where the first has done, or refused, all of it. */
static bool is_rest_of_counted(struct screen *screen, int32_t key)
{
	bool rest = key == screen->counted && screen->count == 0;
	char name[KEY_NAME_SIZE];

	screen->counted = 0;
	if (!rest)
		return false;
	key_print(key, name);
	screen_say(screen, MESSAGE_INFO, "After a count %s%s is one %s: nothing more was done",
		name, name, name);
	return true;
}

/* A key without a meaning says so, once. */
static void say_unbound(struct screen *screen, int32_t key)
{
	char name[KEY_NAME_SIZE], help[KEY_NAME_SIZE];

	for (size_t i = 0; i < UNBOUND_MAX; i++) {
		if (screen->unbound[i] == key)
			return;
	}
	memmove(screen->unbound + 1, screen->unbound, (UNBOUND_MAX - 1) * sizeof(*screen->unbound));
	screen->unbound[0] = key;
	key_print(key, name);
	screen_say(screen, MESSAGE_INFO, "%s means nothing here; %s lists the keys", name,
		keymap_key_named(screen->options.keymap, "help", help));
}

/* In an empty library what needs a bookmark says so, and what does not. */
static bool lacks_bookmarks(const struct screen *screen, enum scene scene, enum action action)
{
	return scene == AT_LIST && !screen->loading && row_store_count(screen->store) == 0 &&
	       action >= ACTION_DOWN && action < ACTION_SHOW_TAG && action != ACTION_ADD &&
	       action != ACTION_UNDO && action != ACTION_REDO;
}

static void say_what_lacks(struct screen *screen)
{
	char add[KEY_NAME_SIZE], help[KEY_NAME_SIZE];

	screen_say(screen, MESSAGE_INFO,
		"There are no bookmarks yet: %s adds one, %s lists all keys",
		keymap_key_named(screen->options.keymap, "add", add),
		keymap_key_named(screen->options.keymap, "help", help));
}

/* A digit before a key: how often. */
static bool counted(struct screen *screen, int32_t key)
{
	if (key < '0' || key > '9' || (key == '0' && screen->count == 0))
		return false;
	if (screen->count < COUNT_MAX)
		screen->count = screen->count * 10 + (size_t)(key - '0');
	return true;
}

/* Below a line of tags, and behind a command that takes one of a few words: those that fit. */
static void offer_words(struct screen *screen)
{
	struct prompt *prompt = &screen->prompt;
	struct completion *completion = &prompt->completion;

	if (prompt->kind == PROMPT_COMMAND)
		palette_complete_value(screen, prompt);
	else if (prompt->kind == PROMPT_LINE && prompt->completes == COMPLETES_TAGS &&
		 line_editor_word(&prompt->line, " ,+-#(:") < prompt->line.cursor)
		palette_complete_tags(screen, completion, &prompt->line);
	if (completion->count == 0)
		completion_finish(completion);
}

/* What was typed since the last time is told: before a frame, or a key that does something. */
static void tell_of_typing(struct screen *screen)
{
	if (!screen->typed)
		return;
	screen->typed = false;
	if (screen->prompt.kind != PROMPT_NONE) {
		if (screen->prompt.changed)
			screen->prompt.changed(screen, screen->prompt.line.text);
		offer_words(screen);
	} else if (screen->form.field == FIELD_TAGS) {
		form_offer_tags(screen);
	} else if (screen->form.field == FIELD_TITLE) {
		screen->form.title_typed = true;
	} else if (screen->form.field == FIELD_URL) {
		screen->form.remark[0] = '\0';
		screen->form.wrong = false;
		screen->form.duplicate = 0;
	}
}

/* At the end of the tags, Right takes the first of those that are offered. */
static bool takes_offered(const struct screen *screen, enum action action)
{
	const struct form *form = &screen->form;
	const struct line_editor *line = &form->lines[FIELD_TAGS];

	return screen->prompt.kind == PROMPT_NONE && form->field == FIELD_TAGS &&
	       form->completion.count > 0 && action == (enum action)(ACTION_LINE + LINE_RIGHT) &&
	       line->cursor == line->length;
}

/* Up and down, where the field has no further line there. */
static void leave_field(struct screen *screen, enum action action)
{
	if (action == (enum action)(ACTION_LINE + LINE_ABOVE))
		act_previous_field(screen, NULL);
	else if (action == (enum action)(ACTION_LINE + LINE_BELOW))
		act_next_field(screen, NULL);
}

/* A key that edits the line of the prompt, or of the form's field. */
static void edit_line(struct screen *screen, enum action action, int32_t key)
{
	bool prompt = screen->prompt.kind != PROMPT_NONE;
	struct line_editor *line =
		prompt ? &screen->prompt.line : &screen->form.lines[screen->form.field];
	enum edit_result result = EDIT_IGNORED;

	if (action != ACTION_NONE)
		tell_of_typing(screen);
	if (takes_offered(screen, action)) {
		if (screen->form.completion.chosen == screen->form.completion.count)
			form_take_tag(screen, false);
		completion_finish(&screen->form.completion);
		return;
	}
	if (prompt && screen->prompt.completion.count > 0 &&
		(action == (enum action)(ACTION_LINE + LINE_OLDER) ||
			action == (enum action)(ACTION_LINE + LINE_NEWER))) {
		actions_do(screen,
			action == (enum action)(ACTION_LINE + LINE_OLDER) ? ACTION_COMPLETE_BACK
									  : ACTION_COMPLETE,
			NULL);
		return;
	}
	completion_finish(prompt ? &screen->prompt.completion : &screen->form.completion);
	if (action >= ACTION_LINE && action <= ACTION_LINE_LAST)
		result = line_editor_do(line, (enum line_edit)(action - ACTION_LINE));
	else if (action == ACTION_NONE)
		result = line_editor_type(line, key);
	screen->typed |= result == EDIT_CHANGED;
	if (result == EDIT_IGNORED && !prompt)
		leave_field(screen, action);
}

/* Whether nothing is left of the bookmarks that a question is about. */
static bool are_gone(const struct screen *screen, const struct prompt_about *about)
{
	struct row row;

	for (size_t i = 0; i < about->id_count; i++)
		if (row_store_find(screen->store, about->ids[i], &row))
			return false;
	return about->id_count > 0;
}

void screen_answer(struct screen *screen, const char *text)
{
	prompt_fn answer = screen->prompt.answer;
	struct prompt_about about = screen->prompt.about;

	screen->prompt.about = (struct prompt_about){0};
	prompt_close(&screen->prompt);
	screen->asked = &about;
	if (are_gone(screen, &about))
		screen_say(screen, MESSAGE_INFO, "Nothing was done: another program deleted %s",
			about.id_count == 1 ? "the bookmark" : "the bookmarks");
	else
		answer(screen, text);
	screen->asked = NULL;
	prompt_about_finish(&about);
}

/* The answer to a question of one key; whatever else was typed. */
static void answer_key(struct screen *screen, int32_t key)
{
	char name[KEY_NAME_SIZE];

	if (key == CTRL_KEY('z') && !screen->options.picking.on) {
		screen->wishes.suspend = true;
		return;
	}
	key_print(key, name);
	screen_answer(screen, name);
}

/* A key in a view, perhaps after a count. */
static void do_key(struct screen *screen, enum scene scene, enum action action, int32_t key)
{
	if ((scene & (AT_LIST | AT_DETAILS)) && actions_run_bound(screen, key))
		return;
	/* What is done is done to the match of what was typed, not to the row of a moment ago. */
	if (action > ACTION_LAST && action < ACTION_COMPLETE)
		screen->stale |= list_view_find_all(&screen->list, FOR_A_KEY_US);
	if (action == ACTION_NONE)
		say_unbound(screen, key);
	else if (lacks_bookmarks(screen, scene, action))
		say_what_lacks(screen);
	else if (screen->count > 0 && !takes_count(screen, action))
		refuse_count(screen, action, key);
	else
		actions_do(screen, action, NULL);
	if (screen->count > 0 &&
		(action == ACTION_DELETE || action == ACTION_DELETE_TAGS || action == ACTION_COPY))
		screen->counted = key;
}

void screen_key(struct screen *screen, int32_t key)
{
	enum scene scene = screen_scene(screen);
	enum action action = keymap_action(screen->options.keymap, scene, key);

	messages_seen(&screen->messages);
	screen->stale = true;
	screen->choosing = false;
	if (screen->prompt.kind == PROMPT_KEY) {
		answer_key(screen, key);
		return;
	}
	if ((scene & AT_LINES) && (action == ACTION_NONE || action >= ACTION_LINE)) {
		edit_line(screen, action, key);
		return;
	}
	tell_of_typing(screen);
	if ((scene & (AT_VIEWS | AT_PICK)) && action == ACTION_NONE && counted(screen, key))
		return;
	if (action != ACTION_CANCEL)
		screen->quit_asked = 0;
	if (is_rest_of_counted(screen, key))
		return;
	do_key(screen, scene, action, key);
	screen->count = 0;
}

void screen_paste(struct screen *screen, const char *text, bool cut)
{
	bool into_line = screen->prompt.kind != PROMPT_NONE || screen->form.open;

	screen->stale = true;
	if (cut)
		screen_say(screen, MESSAGE_ERROR, "The paste was longer than %d kB%s",
			PASTE_MAX / 1024,
			into_line ? " and was cut" : ", so nothing was added: import it as a file");
	if (screen->prompt.kind == PROMPT_KEY || (cut && !into_line))
		return;
	if (screen->prompt.kind != PROMPT_NONE) {
		line_editor_insert(&screen->prompt.line, text);
		screen->typed = true;
	} else if (screen->form.open) {
		line_editor_insert(&screen->form.lines[screen->form.field], text);
		screen->typed = true;
	} else if (screen->options.picking.on) {
		act_filter(screen, NULL);
		line_editor_insert(&screen->prompt.line, text);
		screen->typed = true;
	} else {
		actions_offer(screen, text);
	}
}

static size_t *mouse_cursor(struct screen *screen, size_t **top)
{
	struct scroll *scroll = NULL;

	if (screen_view(screen) == AT_LIST)
		scroll = &screen->list.scroll;
	else if (screen_view(screen) == AT_TAGS)
		scroll = &screen->tags.scroll;
	else if (screen_view(screen) == AT_TRASH)
		scroll = &screen->trash.scroll;
	else if (screen_view(screen) == AT_LINKS)
		scroll = &screen->links.scroll;
	*top = scroll ? &scroll->top : NULL;
	return scroll ? &scroll->cursor : NULL;
}

/* A click on a key's name in the last line does what the key does. */
static bool click_hint(struct screen *screen, enum mouse mouse, int row, int column)
{
	struct layout layout = screen_layout(screen);

	if (mouse != MOUSE_CLICK || layout.hint.rows == 0 || row != layout.hint.row)
		return false;
	enum action action = hints_at(&screen->hints, column);
	if (action == ACTION_NONE)
		return true;
	messages_seen(&screen->messages);
	screen->stale = true;
	screen->count = 0;
	actions_do(screen, action, NULL);
	return true;
}

void screen_mouse(struct screen *screen, enum mouse mouse, int row, int column)
{
	struct layout layout = screen_layout(screen);
	bool previewed = screen_view(screen) & (AT_LIST | AT_TRASH);
	struct area area = previewed ? layout.list : layout.body;
	size_t *top;

	tell_of_typing(screen);
	if (click_hint(screen, mouse, row, column))
		return;
	if (screen->prompt.kind == PROMPT_KEY || screen->prompt.kind == PROMPT_COMMAND ||
		screen->form.open)
		return;
	screen->stale = true;
	screen->count = 3;
	if (mouse == MOUSE_WHEEL_UP || mouse == MOUSE_WHEEL_DOWN) {
		actions_do(screen, mouse == MOUSE_WHEEL_UP ? ACTION_UP : ACTION_DOWN, NULL);
		screen->count = 0;
		return;
	}
	screen->count = 0;
	size_t *cursor = mouse_cursor(screen, &top);
	if (!cursor || row < area.row || row >= area.row + area.rows ||
		column >= area.column + area.columns)
		return;
	if (screen_view(screen) == AT_LIST)
		list_view_go_to(&screen->list, *top + (size_t)(row - area.row));
	else
		*cursor = *top + (size_t)(row - area.row);
	if (mouse == MOUSE_DOUBLE_CLICK)
		actions_do(screen,
			keymap_action(screen->options.keymap,
				screen->options.picking.on ? AT_PICK : screen_view(screen),
				KEYCAP_ENTER),
			NULL);
	else if (screen_view(screen) == AT_LIST)
		actions_click(screen, column);
}

/* Somebody has changed the file of the rows while it was read: then they are read anew. */
static void reload_if_corrupt(struct screen *screen)
{
	if (screen->loading || !row_store_corrupt(screen->store))
		return;
	screen_ask(screen, ASK_RELOAD, NULL, false, NULL, NULL);
	screen->loading = true;
}

bool screen_work(struct screen *screen)
{
	bool worked = true;

	tell_of_typing(screen);
	if (screen->rows_changed) {
		screen->rows_changed = false;
		list_view_refresh(&screen->list);
		if (screen->views[screen->depth] == AT_TAGS)
			tag_view_read(&screen->tags, screen->store);
		if (screen->views[screen->depth] == AT_LINKS)
			screen_read_links(screen);
		if (screen->views[screen->depth] == AT_DETAILS)
			screen_read_details(screen);
		screen->stale = true;
	}
	if (screen->list.searching) {
		worked = list_view_work(&screen->list, SLICE_US);
		screen->stale |= worked;
		if (worked)
			reload_if_corrupt(screen);
	}
	if (tag_view_work(&screen->tags, SLICE_US)) {
		screen->stale = true;
		worked = worked && !screen->tags.searching;
	}
	if (screen->choosing)
		act_choose(screen, NULL);
	return worked;
}

void screen_begin_picking(struct screen *screen)
{
	act_filter(screen, NULL);
}
