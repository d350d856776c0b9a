#include "tui/screen.h"

#include <string.h>

#include "domain/base/text.h"
#include "tui/hints.h"
#include "tui/list_view.h"
#include "tui/progress.h"

/* What is named in the last line: a row of the key table, or only words. */
struct named {
	const char *action; /* its name; NULL: none, and word is all there is */
	const char *word;
};

/* The same with the key that it has now. */
struct named_key {
	struct named named;
	const struct keymap_row *row; /* NULL: of words */
	char key[KEY_NAME_SIZE];
	int width;
	bool stays; /* whatever the width of the line */
};

#define NAMED_MAX 40

static const struct named in_list[] = {{"filter", "filter"}, {"open", "open"}, {"add", "add"},
	{"edit", "edit"}, {"delete", "delete"}, {"tags", "tags"}, {"undo", "undo"},
	{"details", "details"}, {"mark", "mark"}, {"sort", "sort"}, {"import-panel", "import"},
	{"links", "links"}, {"command", "commands"}};

static const struct named in_details[] = {{"follow", "follow"}, {"edit", "edit"},
	{"change-tags", "tags"}, {"delete", "delete"}, {"copy", "copy"}, {"undo", "undo"},
	{"alike", "alike"}, {"open-archived", "archived"}};

static const struct named while_importing[] = {{"stop-stars", "stop"}};

static const struct named in_import[] = {
	{"stars", "stars"}, {"browsers", "browsers"}, {"command", "commands"}, {"undo", "undo"}};

static const struct named with_marks[] = {{"change-tags", "tags"}, {"delete", "delete"},
	{"copy", "copy"}, {"open", "open"}, {"clear-marks", "unmark"}, {"mark", "mark"}};

static const struct named without_bookmarks[] = {{"add", "add"}, {"browsers", "browsers"},
	{"import-panel", "stars"}, {"command", "commands"}};

static const struct named with_links[] = {{"take-new", "take new"}, {"open-archived", "archived"},
	{"delete", "delete"}, {"keep-link", "keep"}, {"mark", "mark"}, {"check", "check again"},
	{"undo", "undo"}};

static const struct named without_links[] = {{"check", "check links"}, {"undo", "undo"}};

static const struct named in_trash[] = {
	{"restore", "restore"}, {"mark", "mark"}, {"purge", "empty it"}, {"undo", "undo"}};

static const struct named in_empty_trash[] = {{"undo", "undo"}};

static const struct named with_filter[] = {{"open", "open"}, {"step-back", "show all"},
	{"filter", "filter"}, {"mark", "mark"}, {"edit", "edit"}, {"change-tags", "tags"},
	{"delete", "delete"}};

static const struct named without_match[] = {
	{"step-back", "show all"}, {"filter", "filter"}, {"add", "add"}, {"undo", "undo"}};

static const struct named picking_one[] = {
	{"choose", "choose"}, {"details", "details"}, {"filter", "filter"}};

static const struct named picking_several[] = {{"choose", "choose"}, {"mark", "mark"},
	{"mark-all", "all"}, {"details", "details"}, {"filter", "filter"}};

static const struct named prompting_several[] = {
	{"choose", "choose"}, {"pick-mark", "mark"}, {"pick-keys", "list"}};

static const struct named in_empty_filter[] = {{NULL, "#tag"}, {NULL, "-without"},
	{NULL, "\"together\""}, {NULL, "~fuzzy"}, {NULL, "site:"}, {NULL, "added:2024"},
	{NULL, "is:untagged"}, {NULL, "/regex/"}};

/* Of a question the keys stand in it. */
static const struct named in_question[1];

static const struct named with_tags_offered[] = {
	{"next-field", "next"}, {"take-tag", "take tag"}, {"form-save", "save"}};

/* These stay whatever the width. */
static const char *const lasting[] = {"filter-help", "leave", "help", "close", "quit"};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static bool lasts(const char *name)
{
	for (size_t i = 0; i < COUNT(lasting); i++) {
		if (strcmp(lasting[i], name) == 0)
			return true;
	}
	return false;
}

struct named_list {
	const struct named *all;
	size_t count;
};

#define LISTED(names) ((struct named_list){names, COUNT(names)})

static struct named_list names_for_list(const struct screen *screen)
{
	const struct list_view *list = &screen->list;

	return list->marks.count > 0                            ? LISTED(with_marks)
	       : row_store_count(screen->store) == 0            ? LISTED(without_bookmarks)
	       : list_view_count(list) == 0 && !list->searching ? LISTED(without_match)
	       : *list->filter                                  ? LISTED(with_filter)
								: LISTED(in_list);
}

/* What the state calls for; none: what the table names for this place. */
static struct named_list names_for(const struct screen *screen, enum scene scene)
{
	bool multi = screen->options.picking.multi;

	switch (scene) {
	case AT_LIST: return names_for_list(screen);
	case AT_DETAILS: return LISTED(in_details);
	case AT_PICK: return multi ? LISTED(picking_several) : LISTED(picking_one);
	case AT_PICK_FILTER:
		if (multi)
			return LISTED(prompting_several);
		break;
	case AT_LINKS: return screen->links.count > 0 ? LISTED(with_links) : LISTED(without_links);
	case AT_TRASH: return screen->trash.count > 0 ? LISTED(in_trash) : LISTED(in_empty_trash);
	case AT_IMPORT:
		return stars_are_running(&screen->stars) ? LISTED(while_importing)
							 : LISTED(in_import);
	case AT_FILTER:
		if (screen->prompt.line.length == 0 && screen_view(screen) == AT_LIST)
			return LISTED(in_empty_filter);
		break;
	case AT_FORM:
		if (screen->form.completion.count > 0)
			return LISTED(with_tags_offered);
		break;
	case AT_TAGS:
	case AT_MESSAGES:
	case AT_HELP: break;
	case AT_PROMPT:
		if (screen->prompt.kind == PROMPT_KEY)
			return (struct named_list){in_question, 0};
		break;
	}
	return (struct named_list){NULL, 0};
}

/* In the order of need: what the state calls for, then what stays in any case. */
static size_t choose_named(const struct screen *screen, struct named_key *chosen)
{
	enum scene scene = screen_scene(screen);
	struct named_list from = names_for(screen, scene);
	size_t count = from.count;

	for (size_t i = 0; i < count; i++) {
		const char *name = from.all[i].action;
		chosen[i] = (struct named_key){
			.named = from.all[i], .row = name ? keymap_row_named(name) : NULL};
	}
	for (size_t i = 0; i < keymap_row_count() && count < NAMED_MAX; i++) {
		const struct keymap_row *row = keymap_row(i);
		if ((row->scenes & scene) && row->hint && (!from.all || lasts(row->name)))
			chosen[count++] =
				(struct named_key){.named = {row->name, row->hint}, .row = row};
	}
	return count;
}

static void look_up_key(const struct screen *screen, struct named_key *named)
{
	named->width = (int)text_width(named->named.word);
	if (!named->row)
		return;
	named->stays = lasts(named->row->name);
	keymap_key_of(screen->options.keymap, named->row, named->key);
	named->width += (int)text_width(named->key) + 1;
}

static int draw_named(struct hints *hints, const struct named_key *named, struct canvas *canvas,
	const struct area *area, int column)
{
	bool key = named->row != NULL;
	int begin = column;

	if (key)
		column += canvas_write(canvas, area, 0, column, named->key, STYLE_KEY, false) + 1;
	column += canvas_write(
		canvas, area, 0, column, named->named.word, key ? STYLE_TEXT : STYLE_DIM, false);
	if (key)
		hints_add(hints, area->column + begin, area->column + column, named->row->action);
	return column + 2;
}

void screen_draw_hints(struct screen *screen, struct canvas *canvas, const struct area *area)
{
	struct named_key chosen[NAMED_MAX];
	int room = area->columns - 1;
	int column = 1;
	size_t count = choose_named(screen, chosen);

	for (size_t i = 0; i < count; i++) {
		look_up_key(screen, &chosen[i]);
		room -= chosen[i].stays ? chosen[i].width + 2 : 0;
	}
	for (size_t i = 0; i < count; i++) {
		if (chosen[i].stays || column + chosen[i].width <= room)
			column = draw_named(&screen->hints, &chosen[i], canvas, area, column);
		else
			room = 0; /* what comes later is less needed, however short */
	}
}
