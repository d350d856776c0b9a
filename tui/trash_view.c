#include "tui/trash_view.h"

#include <stdlib.h>

#include "tui/layout.h"
#include "tui/row_view.h"

/* In the trash, the age is of the deletion. */
static void draw_row(const struct bookmark_rows *trash, size_t index,
	const struct row_columns *columns, struct canvas *canvas, const struct area *area, int line,
	int64_t now)
{
	const struct bookmark *bookmark = &trash->bookmarks[index];
	struct row_state state = {.now = now,
		.cursor = index == trash->scroll.cursor,
		.marked = id_set_has(&trash->marks, bookmark->id)};
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
	struct bookmark_rows *trash, struct canvas *canvas, const struct area *area, int64_t now)
{
	struct row_columns columns = layout_row(area->columns, area->columns);

	bookmark_rows_fit(trash, area->rows);
	for (int line = 0; line < area->rows; line++) {
		size_t index = trash->scroll.top + (size_t)line;
		if (index < trash->count)
			draw_row(trash, index, &columns, canvas, area, line, now);
	}
	canvas_park(canvas, area, (int)(trash->scroll.cursor - trash->scroll.top), 0, false);
}
