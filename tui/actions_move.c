#include "tui/actions.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "domain/base/memory.h"
#include "tui/details.h"
#include "tui/list_view.h"
#include "tui/row_view.h"

static const struct {
	const char *name;
	enum row_order order;
	char letter;
} orders[] = {
	{"added", NEWEST_FIRST, 'a'},
	{"modified", LAST_MODIFIED, 'm'},
	{"title", BY_FOLDED_TITLE, 't'},
	{"url", BY_FOLDED_URL, 'u'},
	{"relevance", BEST_FIRST, 'r'},
};

#define ORDER_COUNT (sizeof(orders) / sizeof(orders[0]))

void act_move(struct screen *screen, enum action action)
{
	struct pager *pager = screen_pager(screen);

	/* While candidates are shown, the arrows choose among them. */
	if (screen->prompt.completion.count > 0 && (action == ACTION_DOWN || action == ACTION_UP)) {
		actions_do(
			screen, action == ACTION_UP ? ACTION_COMPLETE_BACK : ACTION_COMPLETE, NULL);
		return;
	}
	switch (screen->views[screen->depth]) {
	case AT_LIST:
		if (list_view_move(&screen->list, action, screen->count))
			screen->preview_scroll = 0;
		break;
	case AT_TAGS:
		scroll_move(&screen->tags.scroll, action, screen->count, screen->tags.count,
			screen->tags.height);
		break;
	case AT_TRASH:
		if (scroll_move(&screen->trash.scroll, action, screen->count, screen->trash.count,
			    screen->trash.height))
			screen->preview_scroll = 0;
		break;
	case AT_LINKS:
		scroll_move(&screen->links.scroll, action, screen->count, screen->links.count,
			screen->links.height);
		break;
	case AT_DETAILS: details_move(&screen->details, action, screen->count); break;
	case AT_MESSAGES:
	case AT_HELP:
	case AT_IMPORT:
		scroll_move_text(
			&pager->scroll, action, screen->count, pager->count, pager->height);
		break;
	case AT_FORM:
	case AT_PICK:
	case AT_PICK_FILTER:
	case AT_FILTER:
	case AT_PROMPT: break;
	}
}

/* While one types: a query that is taken back to what it was shows what was shown then. */
static void filter_list(struct screen *screen, const char *text)
{
	if (screen->options.picking.on) {
		list_view_filter(&screen->list, text);
		screen->list.to_best = true; /* also when all is shown again */
	} else if (screen->prompt.kind == PROMPT_FILTER && strcmp(text, screen->prompt.before) == 0)
		list_view_return(&screen->list, text, screen->place);
	else
		list_view_filter(&screen->list, text);
	screen->preview_scroll = 0;
}

static void filter_tags(struct screen *screen, const char *text)
{
	tag_view_filter(&screen->tags, text);
	tag_view_read(&screen->tags, screen->store);
}

static void filter_text(struct screen *screen, const char *text)
{
	pager_filter(screen_pager(screen), text);
}

static const char *filter_now(struct screen *screen)
{
	const char *filter = screen->list.filter;

	if (screen_view(screen) == AT_TAGS)
		filter = screen->tags.filter;
	else if (screen_view(screen) != AT_LIST)
		filter = screen_pager(screen)->filter;
	return filter ? filter : "";
}

static prompt_fn filter_of(const struct screen *screen)
{
	return screen_view(screen) == AT_LIST   ? filter_list
	       : screen_view(screen) == AT_TAGS ? filter_tags
						: filter_text;
}

static void keep_filter(struct screen *screen, const char *text)
{
	history_add(&screen->filters, text);
}

static struct scroll *scroll_of(struct screen *screen)
{
	return screen_view(screen) == AT_TAGS ? &screen->tags.scroll
					      : &screen_pager(screen)->scroll;
}

void actions_cancel_filter(struct screen *screen)
{
	prompt_fn changed = screen->prompt.changed;
	char *before = memory_copy_string(screen->prompt.before);

	/* The prompt is still open, so the list goes back to its place. */
	changed(screen, before);
	if (screen_view(screen) != AT_LIST)
		*scroll_of(screen) = screen->scroll_before;
	free(before);
}

void act_filter(struct screen *screen, const char *argument)
{
	if (argument) {
		while (screen_close_view(screen))
			;
		filter_list(screen, argument);
		history_add(&screen->filters, argument);
		return;
	}
	while (screen->options.picking.on && screen_close_view(screen))
		;
	screen->place = list_view_place(&screen->list);
	screen->scroll_before = *scroll_of(screen);
	prompt_open(&screen->prompt, PROMPT_FILTER, "/", filter_now(screen), &screen->filters,
		keep_filter);
	screen->prompt.changed = filter_of(screen);
	screen->prompt.completes =
		screen_view(screen) == AT_LIST ? COMPLETES_TAGS : COMPLETES_NOTHING;
}

void act_clear_filter(struct screen *screen, const char *argument)
{
	(void)argument;
	if (screen_view(screen) == AT_TAGS)
		filter_tags(screen, "");
	filter_list(screen, "");
}

/* So many, from the cursor down; the last row is not turned twice. */
static void mark_rows(struct list_view *list, size_t count)
{
	size_t before;

	do {
		before = list->scroll.cursor;
		list_view_mark(list);
	} while (count-- > 1 && list->scroll.cursor > before);
}

void act_mark(struct screen *screen, const char *argument)
{
	(void)argument;
	if (actions_choose_one(screen))
		return;
	if (screen_view(screen) == AT_TAGS)
		tag_view_mark(&screen->tags);
	else if (screen_view(screen) == AT_TRASH)
		bookmark_rows_mark(&screen->trash);
	else if (screen_view(screen) == AT_LINKS)
		bookmark_rows_mark(&screen->links);
	else
		mark_rows(&screen->list, screen->count);
}

void act_range(struct screen *screen, const char *argument)
{
	(void)argument;
	if (screen_view(screen) != AT_LIST || list_view_count(&screen->list) == 0 ||
		actions_choose_one(screen))
		return;
	list_view_range(&screen->list);
	if (screen->list.ranging)
		screen_say(screen, MESSAGE_INFO, "Move to the other end, then v or Space");
}

void act_mark_all(struct screen *screen, const char *argument)
{
	(void)argument;
	if (actions_choose_one(screen))
		return;
	if (screen_view(screen) == AT_TAGS)
		tag_view_mark_all(&screen->tags);
	else if (screen_view(screen) == AT_TRASH)
		bookmark_rows_mark_all(&screen->trash);
	else if (screen_view(screen) == AT_LINKS)
		bookmark_rows_mark_all(&screen->links);
	else
		list_view_mark_all(&screen->list);
}

void act_clear_marks(struct screen *screen, const char *argument)
{
	(void)argument;
	if (screen_view(screen) == AT_TAGS)
		tag_set_clear(&screen->tags.marks);
	else if (screen_view(screen) == AT_TRASH)
		id_set_clear(&screen->trash.marks);
	else if (screen_view(screen) == AT_LINKS)
		id_set_clear(&screen->links.marks);
	else
		id_set_clear(&screen->list.marks);
	screen->list.ranging = false;
}

static void sort_by(struct screen *screen, const char *text)
{
	for (size_t i = 0; i < ORDER_COUNT; i++) {
		if (strcasecmp(text, orders[i].name) != 0 &&
			!(text[0] == orders[i].letter && text[1] == '\0'))
			continue;
		list_view_order(&screen->list, orders[i].order, screen->list.reverse);
		return;
	}
	screen_say(screen, MESSAGE_ERROR,
		"Not sorted: \"%s\" is none of added, modified, title, url, relevance", text);
}

/* A key that is no character (Esc, C-c, Enter) leaves the order as it is. */
static void sort_by_key(struct screen *screen, const char *key)
{
	if (key[1] == '\0')
		sort_by(screen, key);
}

void act_sort(struct screen *screen, const char *argument)
{
	if (argument)
		sort_by(screen, argument);
	else
		prompt_open(&screen->prompt, PROMPT_KEY,
			"Sort by: a added  m modified  t title  u url  r relevance ", "", NULL,
			sort_by_key);
}

void act_reverse(struct screen *screen, const char *argument)
{
	(void)argument;
	list_view_order(&screen->list, list_view_order_now(&screen->list), !screen->list.reverse);
}

static void set_preview(struct screen *screen, const char *name)
{
	static const char *const names[] = {
		[PREVIEW_AUTO] = "auto",
		[PREVIEW_RIGHT] = "right",
		[PREVIEW_BELOW] = "below",
		[PREVIEW_OFF] = "off",
	};

	for (int i = 0; i <= PREVIEW_OFF; i++) {
		if (strcasecmp(name, names[i]) == 0) {
			screen->options.preview = (enum preview_place)i;
			return;
		}
	}
	screen_say(screen, MESSAGE_ERROR, "The preview goes right, below or off");
}

/* From where it is now to the next place that there is room for. */
void act_preview(struct screen *screen, const char *argument)
{
	enum preview_place now =
		layout_place(screen->rows, screen->columns, screen->options.preview);

	screen->preview_scroll = 0;
	if (argument) {
		set_preview(screen, argument);
		return;
	}
	for (int step = 0; step < 3; step++) {
		now = now == PREVIEW_OFF ? PREVIEW_RIGHT : (enum preview_place)(now + 1);
		if (layout_place(screen->rows, screen->columns, now) == now)
			break;
	}
	screen->options.preview = now;
	if (now == PREVIEW_OFF)
		screen_say(screen, MESSAGE_INFO, "Preview off; l shows all details");
}

void act_preview_down(struct screen *screen, const char *argument)
{
	(void)argument;
	screen->preview_scroll += screen->count ? screen->count : 1;
}

void act_preview_up(struct screen *screen, const char *argument)
{
	size_t by = screen->count ? screen->count : 1;

	(void)argument;
	screen->preview_scroll -= by < screen->preview_scroll ? by : screen->preview_scroll;
}

static void grow_preview(struct screen *screen, int by)
{
	bool right = layout_place(screen->rows, screen->columns, screen->options.preview) ==
		     PREVIEW_RIGHT;
	int grow = screen->options.preview_grow + (right ? 4 * by : by);

	if (grow >= -200 && grow <= 200)
		screen->options.preview_grow = grow;
}

void act_preview_larger(struct screen *screen, const char *argument)
{
	(void)argument;
	grow_preview(screen, 1);
}

void act_preview_smaller(struct screen *screen, const char *argument)
{
	(void)argument;
	grow_preview(screen, -1);
}

void actions_click(struct screen *screen, int column)
{
	struct row row;
	struct row_columns columns =
		layout_row(screen_layout(screen).list.columns, screen->columns);
	size_t length;

	if (!list_view_row(&screen->list, &row))
		return;
	const char *tag =
		row_view_tag_at(&row, search_query(screen->list.search), &columns, column, &length);
	if (!tag)
		return;
	char *filter = tag_query(tag, length);
	filter_list(screen, filter);
	free(filter);
}
