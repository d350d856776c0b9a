#include "tui/links_view.h"

#include <stdio.h>
#include <stdlib.h>

#include "domain/base/memory.h"
#include "domain/base/text.h"
#include "tui/link_words.h"
#include "tui/number.h"
#include "tui/page.h"
#include "tui/relative_time.h"
#include "tui/row_view.h"

/* Below the rows, all that is known of the one under the cursor, where there is room. */
#define PANE_ROWS          5
#define PANE_FROM_ROWS     12
#define TITLE_FROM_COLUMNS 110
#define TITLE_COLUMNS      30

struct ids {
	int64_t *ids;
	size_t count;
	size_t capacity;
};

static void add_wanting(void *self, const struct row *row)
{
	struct ids *ids = self;

	if (row->link != LINK_MOVED && row->link != LINK_DEAD)
		return;
	ids->ids = memory_grow(ids->ids, ids->count, &ids->capacity, sizeof(*ids->ids));
	ids->ids[ids->count++] = row->id;
}

int64_t *links_view_ids(struct row_store *store, size_t *count)
{
	struct ids ids = {0};

	row_store_each(store, add_wanting, &ids);
	*count = ids.count;
	return ids.ids;
}

static int in_order(const void *a, const void *b)
{
	const struct bookmark *left = a, *right = b;

	if (left->link.state != right->link.state)
		return left->link.state < right->link.state ? -1 : 1;
	if (left->link.since != right->link.since)
		return left->link.since > right->link.since ? -1 : 1;
	return left->id > right->id ? -1 : left->id < right->id;
}

static void keep_marks(const struct bookmark_rows *from, struct bookmark_rows *to)
{
	for (size_t i = 0; i < to->count; i++) {
		if (id_set_has(&from->marks, to->bookmarks[i].id))
			id_set_add(&to->marks, to->bookmarks[i].id);
	}
}

void links_view_take(struct bookmark_rows *links, struct bookmark_rows *take_coming)
{
	struct bookmark_rows before = *links;
	const struct bookmark *current = bookmark_rows_current(&before);

	*links = *take_coming;
	*take_coming = (struct bookmark_rows){0};
	links->arriving = false;
	links->height = before.height;
	links->scroll = before.scroll;
	if (links->count > 0)
		qsort(links->bookmarks, links->count, sizeof(*links->bookmarks), in_order);
	for (size_t i = 0; current && i < links->count; i++) {
		if (links->bookmarks[i].id == current->id)
			links->scroll.cursor = i;
	}
	keep_marks(&before, links);
	bookmark_rows_finish(&before);
}

/* Writes into a part of a row, cut where it ends. */
static void draw_cell(struct canvas *canvas, const struct area *area, int line, int column,
	int width, const char *text, enum style style)
{
	struct area cell = *area;

	if (column + width < cell.columns)
		cell.columns = column + width;
	if (width > 0)
		canvas_write(canvas, &cell, line, column, text, style, true);
}

/* The old address, and beside it the new one, or why there is none. */
static void draw_addresses(const struct bookmark *bookmark, struct canvas *canvas,
	const struct area *area, int line, int column)
{
	const struct bookmark_link *link = &bookmark->link;
	int width = (area->columns - column - 4) / 2;
	int right = column + width + 1;

	draw_cell(canvas, area, line, column, width, row_view_without_scheme(bookmark->url),
		STYLE_ADDRESS);
	if (link->state == LINK_MOVED && link->url) {
		canvas_write_glyph(canvas, area, line, right, GLYPH_MOVED, STYLE_WARNING);
		draw_cell(canvas, area, line, right + 2, width, row_view_without_scheme(link->url),
			STYLE_ADDRESS);
	} else {
		draw_cell(canvas, area, line, right + 2, width, link->reason ? link->reason : "",
			STYLE_TEXT);
	}
}

static void draw_link_row(const struct bookmark_rows *links, size_t index, struct canvas *canvas,
	const struct area *area, int line)
{
	const struct bookmark *bookmark = &links->bookmarks[index];
	bool cursor = index == links->scroll.cursor;
	bool marked = id_set_has(&links->marks, bookmark->id);
	bool titled = area->columns >= TITLE_FROM_COLUMNS;
	enum glyph glyph;
	enum style style;

	if (cursor)
		canvas_write_glyph(canvas, area, line, 0, GLYPH_CURSOR, STYLE_ACCENT);
	if (marked)
		canvas_write_glyph(canvas, area, line, cursor ? 1 : 0, GLYPH_MARK, STYLE_ACCENT);
	if (link_sign(bookmark->link.state, &glyph, &style))
		canvas_write_glyph(canvas, area, line, 2, glyph, style);
	if (titled)
		draw_cell(canvas, area, line, 4, TITLE_COLUMNS, bookmark->title, STYLE_TITLE);
	draw_addresses(bookmark, canvas, area, line, titled ? 4 + TITLE_COLUMNS + 2 : 4);
	if (marked)
		canvas_emphasise(canvas, area, line, 0, area->columns, EMPHASIS_MARK);
	if (cursor)
		canvas_emphasise(canvas, area, line, 0, area->columns, EMPHASIS_CURSOR);
}

static void draw_pane(const struct bookmark *bookmark, struct canvas *canvas,
	const struct area *area, int64_t now)
{
	struct area rule = *area;
	struct area inside = {area->row + 1, area->column + 2, area->rows - 1, area->columns - 4};
	struct page page = {0};

	for (int column = 0; column < rule.columns; column++)
		canvas_write_glyph(canvas, &rule, 0, column, GLYPH_HORIZONTAL, STYLE_DIM);
	if (!bookmark)
		return;
	page_start(&page, inside.columns);
	if (bookmark->title && *bookmark->title)
		page_add(&page, bookmark->title, STYLE_HEADING, 0);
	page_add(&page, bookmark->url, STYLE_ADDRESS, 0);
	char *sentence = link_sentence(&bookmark->link, now);
	page_add(&page, sentence, STYLE_TEXT, 0);
	if (bookmark->link.state == LINK_MOVED && bookmark->link.url)
		page_add(&page, bookmark->link.url, STYLE_ADDRESS, 0);
	page_draw(&page, 0, canvas, &inside, NULL);
	free(sentence);
	page_finish(&page);
}

void links_view_draw(
	struct bookmark_rows *links, struct canvas *canvas, const struct area *area, int64_t now)
{
	struct area list = *area;

	if (area->rows >= PANE_FROM_ROWS && links->count > 0) {
		list.rows -= PANE_ROWS;
		struct area pane = {area->row + list.rows, area->column, PANE_ROWS, area->columns};
		bookmark_rows_fit(links, list.rows);
		draw_pane(bookmark_rows_current(links), canvas, &pane, now);
	}
	bookmark_rows_fit(links, list.rows);
	for (int line = 0; line < list.rows; line++) {
		size_t index = links->scroll.top + (size_t)line;
		if (index < links->count)
			draw_link_row(links, index, canvas, &list, line);
	}
	canvas_park(canvas, &list, (int)(links->scroll.cursor - links->scroll.top), 0, false);
}

char *links_view_counts(const struct bookmark_rows *links)
{
	size_t moved = 0;
	char number[NUMBER_SIZE], gone[NUMBER_SIZE];

	for (size_t i = 0; i < links->count; i++)
		moved += links->bookmarks[i].link.state == LINK_MOVED;
	number_print(moved, number);
	number_print(links->count - moved, gone);
	return memory_print("%s moved, %s gone", number, gone);
}
