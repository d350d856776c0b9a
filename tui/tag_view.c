#include "tui/tag_view.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "domain/base/memory.h"
#include "domain/search/search.h"
#include "domain/bookmarks/tag_counts.h"
#include "domain/base/text.h"
#include "tui/layout.h"
#include "tui/number.h"
#include "tui/row_view.h"

static void clear_rows(struct tag_view *view)
{
	for (size_t i = 0; i < view->count; i++)
		free(view->rows[i].tag);
	view->count = 0;
}

void tag_view_finish(struct tag_view *view)
{
	clear_rows(view);
	free(view->rows);
	free(view->filter);
	free(view->beside_tag);
	search_free(view->beside);
	tag_set_finish(&view->marks);
	*view = (struct tag_view){0};
}

static bool tag_is_wanted(const struct tag_view *view, const char *tag)
{
	if (!view->filter || !*view->filter)
		return true;
	char *needle = text_fold(view->filter, strlen(view->filter), NULL);
	char *folded = text_fold(tag, strlen(tag), NULL);
	bool wanted = strstr(folded, needle) != NULL;
	free(needle);
	free(folded);
	return wanted;
}

static bool take_tag(void *self, const char *tag, size_t count)
{
	struct tag_view *view = self;

	if (!tag_is_wanted(view, tag))
		return true;
	view->rows = memory_grow(view->rows, view->count, &view->capacity, sizeof(*view->rows));
	view->rows[view->count++] = (struct tag_row){memory_copy_string(tag), count};
	return true;
}

/* They come sorted, and a stable order among equals keeps them so: sort by count, then name. */
static int more_used_first(const void *a, const void *b)
{
	const struct tag_row *left = a;
	const struct tag_row *right = b;

	if (left->count != right->count)
		return left->count > right->count ? -1 : 1;
	return strcasecmp(left->tag, right->tag);
}

void tag_view_read(struct tag_view *view, struct row_store *store)
{
	const char *tag = tag_view_tag(view);

	if (view->version == row_store_version(store))
		return;
	char *before = memory_copy_string(tag ? tag : "");
	struct tag_counts *counts = row_store_count_tags(store);

	clear_rows(view);
	view->store = store;
	view->version = row_store_version(store);
	tag_counts_each(counts, take_tag, view);
	tag_counts_free(counts);
	if (view->count > 0)
		qsort(view->rows, view->count, sizeof(*view->rows), more_used_first);
	for (size_t i = 0; i < view->count; i++) {
		if (strcmp(view->rows[i].tag, before) == 0)
			view->scroll.cursor = i;
	}
	scroll_clamp(&view->scroll, view->count, view->height);
	free(before);
}

void tag_view_filter(struct tag_view *view, const char *text)
{
	char *copy = memory_copy_string(text);

	free(view->filter);
	view->filter = copy;
	view->version = 0;
	view->scroll = (struct scroll){0};
}

const char *tag_view_tag(const struct tag_view *view)
{
	return view->scroll.cursor < view->count ? view->rows[view->scroll.cursor].tag : NULL;
}

void tag_view_selection(const struct tag_view *view, struct tag_set *tags)
{
	const char *tag = tag_view_tag(view);

	tag_set_copy(tags, &view->marks);
	if (tags->count == 0 && tag)
		tag_set_add(tags, tag);
}

void tag_view_mark(struct tag_view *view)
{
	const char *tag = tag_view_tag(view);

	if (!tag)
		return;
	if (!tag_set_remove(&view->marks, tag))
		tag_set_add(&view->marks, tag);
	scroll_move(&view->scroll, ACTION_DOWN, 1, view->count, view->height);
}

void tag_view_mark_all(struct tag_view *view)
{
	bool all = true;

	for (size_t i = 0; i < view->count && all; i++)
		all = tag_set_has(&view->marks, view->rows[i].tag);
	for (size_t i = 0; i < view->count; i++) {
		if (all)
			tag_set_remove(&view->marks, view->rows[i].tag);
		else
			tag_set_add(&view->marks, view->rows[i].tag);
	}
}

#define COUNT_COLUMNS 7

static void draw_tag_row(const struct tag_view *view, size_t index, struct canvas *canvas,
	const struct area *area, int line)
{
	const struct tag_row *row = &view->rows[index];
	bool cursor = index == view->scroll.cursor;
	bool marked = tag_set_has(&view->marks, row->tag);
	char count[NUMBER_SIZE];
	int right = COUNT_COLUMNS + 2;

	if (cursor)
		canvas_write_glyph(canvas, area, line, 0, GLYPH_CURSOR, STYLE_ACCENT);
	if (marked)
		canvas_write_glyph(canvas, area, line, cursor ? 1 : 0, GLYPH_MARK, STYLE_ACCENT);
	number_print(row->count, count);
	canvas_write(canvas, area, line, right - (int)strlen(count), count, STYLE_DIM, false);
	canvas_write(canvas, area, line, right + 2, "#", STYLE_TAG, false);
	canvas_write(canvas, area, line, right + 3, row->tag, STYLE_TAG, true);
	if (marked)
		canvas_emphasise(canvas, area, line, 0, area->columns, EMPHASIS_MARK);
	if (cursor)
		canvas_emphasise(canvas, area, line, 0, area->columns, EMPHASIS_CURSOR);
}

/* Beside the tags there is room for bookmarks, from so many columns on. */
#define BESIDE_FROM_COLUMNS 72
#define TAGS_LEAST_COLUMNS  26
#define TAGS_MOST_COLUMNS   44

/* What the search may take before the frame is drawn, and how many rows it is to find. */
#define BESIDE_US   1000
#define BESIDE_ROWS 200

bool tag_view_work(struct tag_view *view, long microseconds)
{
	if (!view->searching)
		return false;
	view->searching = !search_run(view->beside, microseconds);
	return true;
}

/* Looks for the bookmarks of the tag under the cursor, if others are shown. */
static void look_beside(struct tag_view *view)
{
	const char *tag = tag_view_tag(view);
	uint64_t version = row_store_version(view->store);

	if (!view->beside)
		view->beside = search_new(view->store);
	if (view->beside_tag && strcmp(view->beside_tag, tag) == 0 &&
		view->beside_version == version)
		return;
	free(view->beside_tag);
	view->beside_tag = memory_copy_string(tag);
	view->beside_version = version;
	char *query = tag_query(tag, strlen(tag));
	search_limit(view->beside, BESIDE_ROWS);
	search_start(view->beside, query_parse(query, NULL), NEWEST_FIRST, false);
	view->searching = true;
	tag_view_work(view, BESIDE_US);
	free(query);
}

static void draw_beside(
	struct tag_view *view, struct canvas *canvas, const struct area *area, int64_t now)
{
	struct row_columns columns = layout_row(area->columns, canvas->columns);
	struct row_state state = {.now = now};
	struct row row;

	look_beside(view);
	for (int line = 0; line < area->rows; line++) {
		if (search_row(view->beside, (size_t)line, &row))
			row_view_draw(&row, &state, &columns, canvas, area, line);
	}
}

static void draw_tags(struct tag_view *view, struct canvas *canvas, const struct area *area)
{
	view->height = area->rows > 0 ? (size_t)area->rows : 1;
	scroll_clamp(&view->scroll, view->count, view->height);
	for (int line = 0; line < area->rows; line++) {
		size_t index = view->scroll.top + (size_t)line;
		if (index < view->count)
			draw_tag_row(view, index, canvas, area, line);
	}
	canvas_park(canvas, area, (int)(view->scroll.cursor - view->scroll.top), 0, false);
}

void tag_view_draw(
	struct tag_view *view, struct canvas *canvas, const struct area *area, int64_t now)
{
	struct area left = *area, right = *area;

	if (area->columns < BESIDE_FROM_COLUMNS || view->count == 0) {
		draw_tags(view, canvas, area);
		return;
	}
	left.columns = area->columns / 3;
	if (left.columns < TAGS_LEAST_COLUMNS)
		left.columns = TAGS_LEAST_COLUMNS;
	if (left.columns > TAGS_MOST_COLUMNS)
		left.columns = TAGS_MOST_COLUMNS;
	draw_tags(view, canvas, &left);
	for (int line = 0; line < area->rows; line++)
		canvas_write_glyph(canvas, area, line, left.columns, GLYPH_VERTICAL, STYLE_DIM);
	right.column += left.columns + 1;
	right.columns -= left.columns + 1;
	draw_beside(view, canvas, &right, now);
}

char *tag_query(const char *tag, size_t length)
{
	char *name = memory_copy_bytes(tag, length);
	char *filter =
		strpbrk(name, " ()*") ? memory_print("#\"%s\"", name) : memory_print("#%s", name);

	free(name);
	return filter;
}
