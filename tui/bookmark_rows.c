#include "tui/bookmark_rows.h"

#include <stdlib.h>
#include <string.h>

#include "domain/base/memory.h"
#include "tui/row_view.h"

void bookmark_rows_clear(struct bookmark_rows *rows)
{
	for (size_t i = 0; i < rows->count; i++)
		bookmark_finish(&rows->bookmarks[i]);
	rows->count = 0;
	id_set_clear(&rows->marks);
}

void bookmark_rows_finish(struct bookmark_rows *rows)
{
	bookmark_rows_clear(rows);
	free(rows->bookmarks);
	id_set_finish(&rows->marks);
	*rows = (struct bookmark_rows){0};
}

void bookmark_rows_add(struct bookmark_rows *rows, const struct bookmark *bookmark)
{
	rows->bookmarks = memory_grow(
		rows->bookmarks, rows->count, &rows->capacity, sizeof(*rows->bookmarks));
	bookmark_init(&rows->bookmarks[rows->count]);
	bookmark_copy(&rows->bookmarks[rows->count++], bookmark);
}

void bookmark_rows_remove(struct bookmark_rows *rows, int64_t id)
{
	for (size_t i = 0; i < rows->count; i++) {
		if (rows->bookmarks[i].id != id)
			continue;
		bookmark_finish(&rows->bookmarks[i]);
		memmove(rows->bookmarks + i, rows->bookmarks + i + 1,
			(--rows->count - i) * sizeof(*rows->bookmarks));
		id_set_remove(&rows->marks, id);
		return;
	}
}

int64_t *bookmark_rows_selection(const struct bookmark_rows *rows, size_t *count)
{
	size_t cursor = rows->scroll.cursor;

	*count = rows->marks.count;
	if (*count == 0 && cursor >= rows->count)
		return NULL;
	int64_t *ids = memory_array(*count + 1, sizeof(*ids));
	if (*count > 0)
		memcpy(ids, rows->marks.ids, *count * sizeof(*ids));
	else
		ids[(*count)++] = rows->bookmarks[cursor].id;
	return ids;
}

void bookmark_rows_mark(struct bookmark_rows *rows)
{
	if (rows->scroll.cursor >= rows->count)
		return;
	id_set_toggle(&rows->marks, rows->bookmarks[rows->scroll.cursor].id);
	scroll_move(&rows->scroll, ACTION_DOWN, 1, rows->count, rows->height);
}

void bookmark_rows_mark_all(struct bookmark_rows *rows)
{
	bool all = rows->marks.count == rows->count;

	id_set_clear(&rows->marks);
	for (size_t i = 0; i < rows->count && !all; i++)
		id_set_add(&rows->marks, rows->bookmarks[i].id);
}

const struct bookmark *bookmark_rows_current(const struct bookmark_rows *rows)
{
	return rows->scroll.cursor < rows->count ? &rows->bookmarks[rows->scroll.cursor] : NULL;
}

void bookmark_rows_fit(struct bookmark_rows *rows, int lines)
{
	rows->height = lines > 0 ? (size_t)lines : 1;
	scroll_clamp(&rows->scroll, rows->count, rows->height);
}

char *bookmark_rows_row(const struct bookmark *bookmark, struct row *row)
{
	char *tags = tag_set_join(&bookmark->tags);

	*row = (struct row){.id = bookmark->id,
		.added = bookmark->added,
		.modified = bookmark->modified,
		.title = bookmark->title,
		.url = bookmark->url,
		.notes = bookmark->notes,
		.tags = tags,
		.source = bookmark->source,
		.link = bookmark->link.state};
	return tags;
}

/* In the trash, the age is of the deletion. */
static void draw_trashed(const struct bookmark_rows *trash, size_t index,
	const struct row_columns *columns, struct canvas *canvas, const struct area *area, int line,
	int64_t now)
{
	const struct bookmark *bookmark = &trash->bookmarks[index];
	struct row_state state = {.now = now,
		.cursor = index == trash->scroll.cursor,
		.marked = id_set_has(&trash->marks, bookmark->id)};
	struct row row;
	char *tags = bookmark_rows_row(bookmark, &row);

	row.added = bookmark->deleted;
	row_view_draw(&row, &state, columns, canvas, area, line);
	free(tags);
}

void trash_view_draw(
	struct bookmark_rows *trash, struct canvas *canvas, const struct area *area, int64_t now)
{
	struct row_columns columns = layout_row(area->columns, canvas->columns);

	bookmark_rows_fit(trash, area->rows);
	for (int line = 0; line < area->rows; line++) {
		size_t index = trash->scroll.top + (size_t)line;
		if (index < trash->count)
			draw_trashed(trash, index, &columns, canvas, area, line, now);
	}
	canvas_park(canvas, area, (int)(trash->scroll.cursor - trash->scroll.top), 0, false);
}
