#include "tui/screen.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "domain/base/memory.h"
#include "domain/base/text.h"
#include "tui/relative_time.h"
#include "tui/bars.h"
#include "tui/screen_pages.h"
#include "tui/links_view.h"
#include "tui/progress.h"

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
		welcome_draw(screen, canvas, area);
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

static void draw_preview(struct screen *screen, struct canvas *canvas, const struct layout *layout)
{
	struct area area = layout->preview;
	struct page page = {0};
	struct row row;

	if (area.rows == 0 || area.columns == 0)
		return;
	draw_divider(canvas, &layout->divider);
	if (!list_view_row(&screen->list, &row))
		return;
	area.column += 1;
	area.columns -= 2;
	if (area.rows >= SHORT_ROWS)
		bookmark_page_make(&row, area.columns, BOOKMARK_PAGE_PREVIEW, &page);
	else
		bookmark_page_make_short(&row, area.columns, &page);
	size_t last = page.count > (size_t)area.rows ? page.count - (size_t)area.rows : 0;
	if (screen->preview_scroll > last)
		screen->preview_scroll = last;
	page_draw(&page, screen->preview_scroll, canvas, &area, search_query(screen->list.search));
	if (area.rows < SHORT_ROWS && screen->preview_scroll == 0)
		draw_date(&row, &page, canvas, &area);
	page_finish(&page);
}

static void print_text(const char *text, struct page *page)
{
	if (*text)
		page_add(page, text, STYLE_TEXT, 0);
	else
		page_add(page, "Nothing.", STYLE_DIM, 0);
}

static void make_page(
	struct screen *screen, const struct pager *pager, int columns, struct page *page)
{
	page_start(page, columns);
	switch (pager->topic) {
	case TOPIC_HELP:
		help_page_make(screen->options.keymap, &screen->options.commands, pager->scenes,
			columns, page);
		break;
	case TOPIC_MAP: help_page_make_all(screen->options.keymap, columns, page); break;
	case TOPIC_QUERIES: help_page_make_queries(columns, page); break;
	case TOPIC_MESSAGES: messages_print(&screen->messages, page); break;
	case TOPIC_IMPORT: import_page_make(screen, page); break;
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
	case AT_TRASH:
		trash_view_draw(&screen->trash, canvas, &layout->body, screen->wall);
		if (screen->trash.count == 0 && !screen->trash.arriving)
			draw_empty(canvas, &layout->body, "The trash is empty.",
				"What is deleted stays here for 30 days. q goes back.");
		break;
	case AT_LINKS:
		links_view_draw(&screen->links, canvas, &layout->body, screen->wall);
		if (screen->links.count == 0 && !screen->links.arriving)
			draw_empty(canvas, &layout->body, "No link wants a decision.",
				"c in the list asks whether addresses still answer. q goes back.");
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
		list_view_draw(&screen->list, canvas, &layout->list, screen->wall);
		draw_preview(screen, canvas, layout);
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
	bars_draw_title(screen, canvas, &layout.title);
	bars_draw_hints(screen, canvas, &layout.hint);
	if (screen->form.open)
		form_draw(&screen->form, canvas, &layout.body);
	bars_draw_palette(screen, canvas, &layout.body);
	bars_draw_status(screen, canvas, &layout.status);
}
