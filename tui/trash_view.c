#include "tui/trash_view.h"

#include <stdlib.h>
#include <string.h>

#include "domain/base/memory.h"
#include "tui/row_view.h"

void trash_view_clear(struct trash_view *view)
{
	for (size_t i = 0; i < view->count; i++)
		bookmark_finish(&view->bookmarks[i]);
	view->count = 0;
	id_set_clear(&view->marks);
}

void trash_view_finish(struct trash_view *view)
{
	trash_view_clear(view);
	free(view->bookmarks);
	id_set_finish(&view->marks);
	*view = (struct trash_view){0};
}

void trash_view_add(struct trash_view *view, const struct bookmark *bookmark)
{
	view->bookmarks = memory_grow(
		view->bookmarks, view->count, &view->capacity, sizeof(*view->bookmarks));
	bookmark_init(&view->bookmarks[view->count]);
	bookmark_copy(&view->bookmarks[view->count++], bookmark);
}

void trash_view_remove(struct trash_view *view, int64_t id)
{
	for (size_t i = 0; i < view->count; i++) {
		if (view->bookmarks[i].id != id)
			continue;
		bookmark_finish(&view->bookmarks[i]);
		memmove(view->bookmarks + i, view->bookmarks + i + 1,
			(--view->count - i) * sizeof(*view->bookmarks));
		id_set_remove(&view->marks, id);
		return;
	}
}

int64_t *trash_view_selection(const struct trash_view *view, size_t *count)
{
	size_t cursor = view->scroll.cursor;

	*count = view->marks.count;
	if (*count == 0 && cursor >= view->count)
		return NULL;
	int64_t *ids = memory_array(*count + 1, sizeof(*ids));
	if (*count > 0)
		memcpy(ids, view->marks.ids, *count * sizeof(*ids));
	else
		ids[(*count)++] = view->bookmarks[cursor].id;
	return ids;
}

void trash_view_mark(struct trash_view *view)
{
	if (view->scroll.cursor >= view->count)
		return;
	id_set_toggle(&view->marks, view->bookmarks[view->scroll.cursor].id);
	scroll_move(&view->scroll, ACTION_DOWN, 1, view->count, view->height);
}

void trash_view_mark_all(struct trash_view *view)
{
	bool all = view->marks.count == view->count;

	id_set_clear(&view->marks);
	for (size_t i = 0; i < view->count && !all; i++)
		id_set_add(&view->marks, view->bookmarks[i].id);
}

/* In the trash, the age is of the deletion. */
static void draw_row(const struct trash_view *view, size_t index, const struct row_columns *columns,
	struct canvas *canvas, const struct area *area, int line, int64_t now)
{
	const struct bookmark *bookmark = &view->bookmarks[index];
	struct row_state state = {.now = now,
		.cursor = index == view->scroll.cursor,
		.marked = id_set_has(&view->marks, bookmark->id)};
	char *tags = tag_set_join(&bookmark->tags);
	struct row row = {.id = bookmark->id,
		.added = bookmark->deleted,
		.title = bookmark->title,
		.url = bookmark->url,
		.notes = bookmark->notes,
		.tags = tags,
		.source = bookmark->source};

	row_view_draw(&row, &state, columns, canvas, area, line);
	free(tags);
}

void trash_view_draw(
	struct trash_view *view, struct canvas *canvas, const struct area *area, int64_t now)
{
	struct row_columns columns = layout_row(area->columns, area->columns);

	view->height = area->rows > 0 ? (size_t)area->rows : 1;
	scroll_clamp(&view->scroll, view->count, view->height);
	for (int line = 0; line < area->rows; line++) {
		size_t index = view->scroll.top + (size_t)line;
		if (index < view->count)
			draw_row(view, index, &columns, canvas, area, line, now);
	}
	canvas_park(canvas, area, (int)(view->scroll.cursor - view->scroll.top), 0, false);
}
