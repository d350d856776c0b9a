#include "tui/screen.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "domain/base/memory.h"
#include "domain/base/text.h"
#include "tui/details.h"
#include "tui/events_view.h"
#include "tui/form.h"
#include "tui/hints.h"
#include "tui/links_view.h"
#include "tui/list_view.h"
#include "tui/messages.h"
#include "tui/number.h"
#include "tui/palette.h"
#include "tui/progress.h"
#include "tui/relative_time.h"
#include "tui/row_view.h"

static const char *const order_names[] = {
	[NEWEST_FIRST] = "newest first",
	[LAST_MODIFIED] = "last changed first",
	[BY_FOLDED_TITLE] = "by title",
	[BY_FOLDED_URL] = "by address",
	[BEST_FIRST] = "best first",
};

/* A position at the right end of a line. Returns the columns before it. */
static int draw_position(
	size_t cursor, size_t count, struct canvas *canvas, const struct area *area)
{
	char at[NUMBER_SIZE], all[NUMBER_SIZE];
	char position[2 * NUMBER_SIZE + 2];

	if (count == 0)
		return area->columns;
	number_print(cursor + 1, at);
	number_print(count, all);
	snprintf(position, sizeof(position), "%s/%s", at, all);
	int column = area->columns - (int)strlen(position) - 1;
	if (column < area->columns / 2)
		return area->columns;
	canvas_write(canvas, area, 0, column, position, STYLE_TEXT, false);
	return column - 1;
}

/* How much of the details is below what is seen, where a position stands in other views. */
static int draw_rest(const struct details *details, struct canvas *canvas, const struct area *area)
{
	size_t seen = details->top + details->height;
	char number[NUMBER_SIZE];
	char text[NUMBER_SIZE + 16];

	if (seen >= details->lines)
		return area->columns;
	number_print(details->lines - seen, number);
	snprintf(text, sizeof(text), "%s more below", number);
	int column = area->columns - (int)strlen(text) - 1;
	if (column < area->columns / 2)
		return area->columns;
	canvas_write(canvas, area, 0, column, text, STYLE_TEXT, false);
	return column - 1;
}

/* Writes a part after those before it, a dot between them. */
static int draw_part(struct canvas *canvas, const struct area *area, int column, const char *text,
	enum style style)
{
	char dot[8];

	if (column > 1 && column + 3 < area->columns) {
		snprintf(dot, sizeof(dot), " %s ", canvas_glyph(canvas, GLYPH_DOT));
		column += canvas_write(canvas, area, 0, column, dot, STYLE_DIM, false);
	}
	return column + canvas_write(canvas, area, 0, column, text, style, true);
}

static int draw_counts(
	struct screen *screen, struct canvas *canvas, const struct area *area, int column)
{
	const struct list_view *list = &screen->list;
	char number[NUMBER_SIZE];
	char text[96];

	number_print(row_store_count(screen->store), number);
	snprintf(text, sizeof(text), "%s bookmark%s%s", number,
		row_store_count(screen->store) == 1 ? "" : "s", screen->loading ? " so far" : "");
	column = draw_part(canvas, area, column, text, STYLE_TEXT);
	if (list->marks.count > 0) {
		number_print(list->marks.count, number);
		snprintf(text, sizeof(text), "%s marked", number);
		column = draw_part(canvas, area, column, text, STYLE_ACCENT);
	}
	if (!*list->filter)
		return column;
	number_print(search_count(list->search), number);
	char *match = memory_print(
		"%s%s match %s", number, search_complete(list->search) ? "" : "+", list->filter);
	column = draw_part(canvas, area, column, match, STYLE_ACCENT);
	free(match);
	return column;
}

static void draw_list_title(struct screen *screen, struct canvas *canvas, const struct area *area)
{
	const struct list_view *list = &screen->list;
	struct area left = *area;
	char order[40];

	left.columns = draw_position(list->scroll.cursor, search_count(list->search), canvas, area);
	int column = 1 + canvas_write(canvas, &left, 0, 1,
				 screen->options.picking.on ? "barky pick" : "barky", STYLE_HEADING,
				 false);
	column += 2;
	struct area rest = {left.row, left.column + column, left.rows, left.columns - column};
	column = draw_counts(screen, canvas, &rest, 0);
	snprintf(order, sizeof(order), "%s%s", order_names[list_view_order_now(list)],
		list->reverse ? ", reversed" : "");
	if (row_store_count(screen->store) > 0 && column + 3 + (int)strlen(order) < rest.columns)
		draw_part(canvas, &rest, column, order, STYLE_DIM);
}

/* What the title line says of a view: its name, a remark, and where its cursor is. */
struct view_title {
	const char *name;
	char *remark; /* ours; NULL or "": none */
	enum style style;
	size_t cursor;
	size_t count; /* 0: it has no place to tell */
};

static struct view_title title_of_tags(const struct screen *screen)
{
	const struct tag_view *tags = &screen->tags;
	bool filtered = tags->filter && *tags->filter;
	char key[KEY_NAME_SIZE];

	return (struct view_title){"Tags",
		filtered ? memory_copy_string(tags->filter)
			 : memory_print("%s goes to the bookmarks of a tag",
				   keymap_key_named(screen->options.keymap, "show-tag", key)),
		filtered ? STYLE_ACCENT : STYLE_DIM, tags->scroll.cursor, tags->count};
}

static struct view_title title_of_text(const struct pager *pager)
{
	return (struct view_title){pager->heading,
		pager->filter ? memory_copy_string(pager->filter) : NULL, STYLE_ACCENT,
		pager->scroll.cursor, pager->count};
}

static struct view_title title_of_view(struct screen *screen)
{
	const struct bookmark_rows *trash = &screen->trash, *links = &screen->links;

	switch (screen->views[screen->depth]) {
	case AT_TAGS: return title_of_tags(screen);
	case AT_TRASH:
		return (struct view_title){"Trash", memory_copy_string("kept for 30 days"),
			STYLE_DIM, trash->scroll.cursor, trash->count};
	case AT_LINKS:
		return (struct view_title){"Links",
			links->count > 0 ? links_view_counts(links) : NULL, STYLE_ACCENT,
			links->scroll.cursor, links->count};
	case AT_DETAILS: return (struct view_title){.name = "Details"};
	case AT_LIST:
	case AT_FORM:
	case AT_MESSAGES:
	case AT_HELP:
	case AT_IMPORT:
	case AT_PICK:
	case AT_PICK_FILTER:
	case AT_FILTER:
	case AT_PROMPT: break;
	}
	return title_of_text(screen_pager(screen));
}

static void draw_view_title(struct screen *screen, struct canvas *canvas, const struct area *area)
{
	struct view_title title = title_of_view(screen);
	struct area left = *area;

	left.columns = screen->views[screen->depth] == AT_DETAILS
			       ? draw_rest(&screen->details, canvas, area)
			       : draw_position(title.cursor, title.count, canvas, area);
	int column = 3 + canvas_write(canvas, &left, 0, 1, "barky", STYLE_HEADING, false);
	column += canvas_write(canvas, &left, 0, column, title.name, STYLE_HEADING, true);
	if (title.remark && *title.remark)
		draw_part(canvas, &left, column, title.remark, title.style);
	free(title.remark);
}

static void draw_title(struct screen *screen, struct canvas *canvas, const struct area *area)
{
	if (area->rows == 0)
		return;
	if (screen->views[screen->depth] == AT_LIST)
		draw_list_title(screen, canvas, area);
	else
		draw_view_title(screen, canvas, area);
}

static void draw_message(
	const struct message *message, struct canvas *canvas, const struct area *area)
{
	static const enum style styles[] = {
		[MESSAGE_INFO] = STYLE_TEXT,
		[MESSAGE_GOOD] = STYLE_GOOD,
		[MESSAGE_ERROR] = STYLE_ERROR,
	};

	canvas_write(canvas, area, 0, 1, message->text, styles[message->kind], true);
}

static bool filter_is_wrong(const struct screen *screen)
{
	return screen->list.wrong && screen_view(screen) == AT_LIST;
}

static void draw_trouble_with_filter(
	const struct screen *screen, struct canvas *canvas, const struct area *area)
{
	char *text = memory_print("The filter cannot be read: %s", screen->list.error.message);

	canvas_write(canvas, area, 0, 1, text, STYLE_ERROR, true);
	free(text);
}

/* What there is to say beside a prompt stands at its right, unless it has a line of its own. */
static void draw_prompt(struct screen *screen, struct canvas *canvas, const struct area *area)
{
	const struct message *message = messages_shown(&screen->messages);
	struct area left = *area;
	bool wrong = filter_is_wrong(screen) && screen->prompt.kind == PROMPT_FILTER &&
		     screen->rows < HINT_FROM_ROWS;

	if ((wrong || message) && screen->prompt.kind != PROMPT_KEY && area->columns >= 40) {
		left.columns = area->columns / 2;
		struct area right = {
			area->row, area->column + left.columns, 1, area->columns - left.columns};
		if (message)
			draw_message(message, canvas, &right);
		else
			draw_trouble_with_filter(screen, canvas, &right);
	}
	prompt_draw(&screen->prompt, canvas, &left);
}

static void draw_status(struct screen *screen, struct canvas *canvas, const struct area *area)
{
	const struct message *message = messages_shown(&screen->messages);
	struct area left = *area;

	if (area->columns >= 40)
		left.columns -= stars_draw(&screen->stars, canvas, &left);
	if (left.columns >= 40)
		left.columns -= check_draw(&screen->check, canvas, &left);
	if (left.columns < 20)
		left.columns = area->columns;
	if (screen->prompt.kind != PROMPT_NONE)
		draw_prompt(screen, canvas, &left);
	else if (message)
		draw_message(message, canvas, &left);
	else if (screen->waiting)
		canvas_write(canvas, &left, 0, 1, screen->waiting, STYLE_TEXT, true);
	else if (filter_is_wrong(screen))
		draw_trouble_with_filter(screen, canvas, &left);
	else if (screen->count > 0) {
		char count[NUMBER_SIZE];
		number_print(screen->count, count);
		canvas_write(canvas, &left, 0, 1, count, STYLE_ACCENT, true);
	}
}

/* The trouble with a filter has this line while one types; else the keys of where one is. */
static void draw_last_line(struct screen *screen, struct canvas *canvas, const struct area *area)
{
	hints_clear(&screen->hints);
	if (area->rows == 0)
		return;
	if (filter_is_wrong(screen) && screen->prompt.kind == PROMPT_FILTER)
		draw_trouble_with_filter(screen, canvas, area);
	else
		screen_draw_hints(screen, canvas, area);
}

/* A preview with fewer rows than this has no room for all that is known. */
#define SHORT_ROWS 12

static void draw_too_small(struct canvas *canvas)
{
	struct area all = {0, 0, canvas->rows, canvas->columns};

	canvas_write(canvas, &all, 0, 0, "20x5 needed", STYLE_TEXT, false);
}

/* What is said in an empty place: on one line if it fits, else the second part wrapped below. */
static void draw_empty(
	struct canvas *canvas, const struct area *area, const char *first, const char *second)
{
	struct page page = {0};
	int columns = area->columns - 4;
	int top = area->rows > 4 ? 1 : 0;
	struct area inside = {area->row + top, area->column + 2, area->rows - top, columns};
	int used = canvas_write(canvas, &inside, 0, 0, first, STYLE_HEADING, true);

	if (used + 2 + (int)text_width(second) <= columns) {
		canvas_write(canvas, &inside, 0, used + 2, second, STYLE_TEXT, true);
		return;
	}
	inside.row++;
	inside.rows--;
	page_start(&page, columns);
	page_add(&page, second, STYLE_TEXT, 0);
	page_draw(&page, 0, canvas, &inside, NULL);
	page_finish(&page);
}

/* The tag, where the filter is one tag and nothing else: "#tag", "tag:name"; else NULL. */
static const char *only_tag(const char *filter)
{
	const char *tag = *filter == '#'               ? filter + 1
			  : strncmp(filter, "tag:", 4) ? NULL
						       : filter + 4;

	return tag && *tag && !strpbrk(tag, " \"*()") ? tag : NULL;
}

static char *print_ways_out(const struct screen *screen, bool tag)
{
	const char *filter = screen->list.filter;
	bool address = strchr(filter, '.') && !strchr(filter, ' ') && strchr(filter, '/');
	char key[KEY_NAME_SIZE];
	const char *named = keymap_key_named(screen->options.keymap, address ? "add" : "tags", key);

	return memory_print("Esc clears the filter%s%s%s", address || tag ? " · " : "",
		address || tag ? named : "",
		address ? " adds it"
		: tag   ? " lists the tags"
			: "");
}

static void draw_no_match(struct screen *screen, struct canvas *canvas, const struct area *area)
{
	if (screen->list.wrong) {
		draw_empty(canvas, area, "The filter cannot be read.", "Esc clears it");
		return;
	}
	const char *tag = only_tag(screen->list.filter);
	char *nothing = tag ? memory_print("No bookmark has the tag \"%s\".", tag)
			    : memory_print("Nothing matches \"%s\".", screen->list.filter);
	char *ways_out = print_ways_out(screen, tag != NULL);

	draw_empty(canvas, area, nothing, ways_out);
	free(ways_out);
	free(nothing);
}

/* Nothing to show, and nothing on its way: what there is to say has the whole body. */
static bool list_is_empty(const struct screen *screen)
{
	return list_view_count(&screen->list) == 0 && !screen->loading && !screen->list.searching &&
	       !screen->rows_changed;
}

static void draw_nothing(struct screen *screen, struct canvas *canvas, const struct area *area)
{
	if (row_store_count(screen->store) == 0)
		screen_draw_welcome(screen, canvas, area);
	else
		draw_no_match(screen, canvas, area);
}

static void draw_divider(struct canvas *canvas, const struct area *area)
{
	enum glyph glyph = area->columns == 1 ? GLYPH_VERTICAL : GLYPH_HORIZONTAL;

	for (int row = 0; row < area->rows; row++) {
		for (int column = 0; column < area->columns; column++)
			canvas_write_glyph(canvas, area, row, column, glyph, STYLE_DIM);
	}
}

/* At the right end of the first line, where it stays while one moves. */
static void draw_date(const struct row *row, const struct page *page, struct canvas *canvas,
	const struct area *area)
{
	char day[DAY_SIZE];
	char text[DAY_SIZE + 8];

	day_print(row->added, day);
	int length = snprintf(text, sizeof(text), "added %s", day);
	if ((int)text_width(page->lines[0].text) + length + 2 <= area->columns)
		canvas_write(canvas, area, 0, area->columns - length, text, STYLE_DIM, false);
}

/* row: NULL if there is none. */
static void draw_preview(struct screen *screen, const struct row *row, const struct query *query,
	struct canvas *canvas, const struct layout *layout)
{
	struct area area = layout->preview;
	struct page page = {0};

	if (area.rows == 0 || area.columns == 0)
		return;
	draw_divider(canvas, &layout->divider);
	if (!row)
		return;
	area.column += 1;
	area.columns -= 2;
	if (area.rows >= SHORT_ROWS)
		bookmark_page_make(row, area.columns, BOOKMARK_PAGE_PREVIEW, &page);
	else
		bookmark_page_make_short(row, area.columns, &page);
	size_t last = page.count > (size_t)area.rows ? page.count - (size_t)area.rows : 0;
	if (screen->preview_scroll > last)
		screen->preview_scroll = last;
	page_draw(&page, screen->preview_scroll, canvas, &area, query);
	if (area.rows < SHORT_ROWS && screen->preview_scroll == 0)
		draw_date(row, &page, canvas, &area);
	page_finish(&page);
}

static void draw_list(struct screen *screen, struct canvas *canvas, const struct layout *layout)
{
	struct list_view *list = &screen->list;
	struct row row;

	list_view_draw(list, canvas, &layout->list, screen->wall);
	draw_preview(screen, list_view_row(list, &row) ? &row : NULL, search_query(list->search),
		canvas, layout);
}

static void draw_trash(struct screen *screen, struct canvas *canvas, const struct layout *layout)
{
	struct bookmark_rows *trash = &screen->trash;
	struct row row;

	if (trash->count == 0 && !trash->arriving) {
		draw_empty(canvas, &layout->body, "The trash is empty.",
			"What is deleted stays here for 30 days. q goes back.");
		return;
	}
	trash_view_draw(trash, canvas, &layout->list, screen->wall);
	const struct bookmark *current = bookmark_rows_current(trash);
	char *tags = current ? bookmark_rows_row(current, &row) : NULL;
	draw_preview(screen, current ? &row : NULL, NULL, canvas, layout);
	free(tags);
}

/* Where the last column of a line begins, after two blanks or more; 0: it is all one. */
static size_t last_column(const char *line)
{
	size_t begin = 0;

	for (const char *at = line; (at = strstr(at, "  ")); begin = (size_t)(at - line))
		at += strspn(at, " ");
	return line[begin] && begin < text_width(line) / 2 ? begin : 0;
}

/* A line of columns, whose last one is wrapped within itself. */
static void print_line(const char *line, struct page *page)
{
	size_t begin = last_column(line);
	size_t label = begin;

	while (label > 0 && line[label - 1] == ' ')
		label--;
	if (label == 0) {
		page_add(page, line, STYLE_TEXT, 0);
		return;
	}
	char *before = memory_copy_bytes(line, label);
	page_add_labelled(page, before, STYLE_TEXT, (int)(text_width(before) + begin - label),
		line + begin, STYLE_TEXT);
	free(before);
}

static void print_text(const char *text, struct page *page)
{
	char *copy = memory_copy_string(*text ? text : "Nothing.");

	for (char *rest = copy, *line; (line = strsep(&rest, "\n"));)
		if (*line || rest)
			print_line(line, page);
	free(copy);
}

static void make_page(
	struct screen *screen, const struct pager *pager, int columns, struct page *page)
{
	page_start(page, columns);
	switch (pager->topic) {
	case TOPIC_HELP:
		keymap_page(screen->options.keymap, &screen->options.commands, pager->scenes,
			columns, page);
		break;
	case TOPIC_MAP: keymap_page_of_all(screen->options.keymap, columns, page); break;
	case TOPIC_QUERIES: keymap_page_of_queries(columns, page); break;
	case TOPIC_MESSAGES: messages_print(&screen->messages, page); break;
	case TOPIC_EVENTS: events_view_print(&screen->events, screen->wall, page); break;
	case TOPIC_IMPORT: screen_make_import_page(screen, page); break;
	case TOPIC_TEXT: print_text(pager->text ? pager->text : "", page); break;
	}
}

static void draw_text(struct screen *screen, struct canvas *canvas, const struct area *body)
{
	struct pager *pager = screen_pager(screen);
	struct area area = {body->row, body->column + 2, body->rows, body->columns - 3};
	struct page page = {0};

	make_page(screen, pager, area.columns, &page);
	pager_sift(pager, &page);
	pager->count = page_rows(&page);
	pager->height = area.rows > 0 ? (size_t)area.rows : 1;
	size_t last = pager->count > pager->height ? pager->count - pager->height : 0;
	if (pager->scroll.top > last)
		pager->scroll.top = last;
	pager->scroll.cursor = pager->scroll.top;
	if (page.count == 0)
		draw_empty(canvas, body,
			pager->topic == TOPIC_MESSAGES ? "No messages yet." : "Nothing here.",
			"q goes back.");
	page_draw(&page, pager->scroll.top, canvas, &area, NULL);
	canvas_park(canvas, body, 0, 0, false);
	page_finish(&page);
}

static void draw_body(struct screen *screen, struct canvas *canvas, const struct layout *layout)
{
	switch (screen->views[screen->depth]) {
	case AT_TAGS:
		tag_view_draw(&screen->tags, canvas, &layout->body, screen->wall);
		if (screen->tags.count == 0)
			draw_empty(canvas, &layout->body, "No tags here.",
				"T in the list gives a bookmark tags. Esc goes back.");
		break;
	case AT_TRASH: draw_trash(screen, canvas, layout); break;
	case AT_LINKS:
		links_view_draw(&screen->links, canvas, &layout->body, screen->wall);
		if (screen->links.count == 0 && !screen->links.arriving)
			draw_empty(canvas, &layout->body, "No link wants a decision.",
				"c asks whether addresses still answer. q goes back.");
		break;
	case AT_DETAILS:
		details_draw(&screen->details, screen->store, search_query(screen->list.search),
			canvas, &layout->body, screen->wall);
		break;
	case AT_MESSAGES:
	case AT_HELP:
	case AT_IMPORT: draw_text(screen, canvas, &layout->body); break;
	case AT_LIST:
	case AT_FORM:
	case AT_PICK:
	case AT_PICK_FILTER:
	case AT_FILTER:
	case AT_PROMPT:
		if (list_is_empty(screen)) {
			draw_nothing(screen, canvas, &layout->body);
			break;
		}
		draw_list(screen, canvas, layout);
		break;
	}
}

void screen_draw(struct screen *screen, struct canvas *canvas)
{
	struct layout layout = screen_layout(screen);

	canvas->ascii = screen->options.ascii;
	canvas_reset(canvas, screen->rows, screen->columns);
	screen->stale = false;
	if (layout.too_small) {
		draw_too_small(canvas);
		return;
	}
	draw_body(screen, canvas, &layout);
	draw_title(screen, canvas, &layout.title);
	draw_last_line(screen, canvas, &layout.hint);
	if (screen->form.open)
		form_draw(&screen->form, canvas, &layout.body);
	palette_draw(screen, canvas, &layout.body);
	draw_status(screen, canvas, &layout.status);
}
