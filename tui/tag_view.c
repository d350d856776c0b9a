#include "tui/tag_view.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "domain/base/memory.h"
#include "domain/search/search.h"
#include "domain/bookmarks/tag_counts.h"
#include "domain/base/text.h"

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
	tag_set_finish(&view->marks);
	*view = (struct tag_view){0};
}

static void count_tags(void *counts, const struct row *row)
{
	for (const char *tag = row->tags; *tag;) {
		size_t length = strcspn(tag, ",");

		tag_counts_add(counts, tag, length);
		tag += length + (tag[length] == ',');
	}
}

static bool is_wanted(const struct tag_view *view, const char *tag)
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

	if (!is_wanted(view, tag))
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
	char *before = memory_copy_string(tag ? tag : "");
	struct tag_counts *counts = tag_counts_new();

	clear_rows(view);
	row_store_each(store, count_tags, counts);
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

static void draw_row(const struct tag_view *view, size_t index, struct canvas *canvas,
	const struct area *area, int line)
{
	const struct tag_row *row = &view->rows[index];
	bool cursor = index == view->scroll.cursor;
	bool marked = tag_set_has(&view->marks, row->tag);
	char count[24];

	if (cursor)
		canvas_write_glyph(canvas, area, line, 0, GLYPH_CURSOR, STYLE_ACCENT);
	if (marked)
		canvas_write_glyph(canvas, area, line, cursor ? 1 : 0, GLYPH_MARK, STYLE_ACCENT);
	snprintf(count, sizeof(count), "%7zu", row->count);
	canvas_write(canvas, area, line, 2, count, STYLE_DIM, false);
	canvas_write(canvas, area, line, 11, "#", STYLE_TAG, false);
	canvas_write(canvas, area, line, 12, row->tag, STYLE_TAG, true);
	if (marked)
		canvas_emphasise(canvas, area, line, 0, area->columns, EMPHASIS_MARK);
	if (cursor)
		canvas_emphasise(canvas, area, line, 0, area->columns, EMPHASIS_CURSOR);
}

void tag_view_draw(struct tag_view *view, struct canvas *canvas, const struct area *area)
{
	view->height = area->rows > 0 ? (size_t)area->rows : 1;
	scroll_clamp(&view->scroll, view->count, view->height);
	for (int line = 0; line < area->rows; line++) {
		size_t index = view->scroll.top + (size_t)line;
		if (index < view->count)
			draw_row(view, index, canvas, area, line);
	}
	canvas_park(canvas, area, (int)(view->scroll.cursor - view->scroll.top), 0, false);
}

char *tag_query(const char *tag, size_t length)
{
	char *name = memory_copy_bytes(tag, length);
	char *filter =
		strpbrk(name, " ()*") ? memory_print("#\"%s\"", name) : memory_print("#%s", name);

	free(name);
	return filter;
}
