#include "tui/layout.h"

/* From the specification of the screens: wide, medium, small. */
#define WIDE_COLUMNS    100
#define MEDIUM_COLUMNS  60
#define MEDIUM_ROWS     20
#define BELOW_ROWS      6
#define HINT_FROM_ROWS  10
#define TITLE_FROM_ROWS 6

/* Past this a list is only harder to read, so a very wide screen gives the rest to the preview. */
#define LIST_MAX_COLUMNS      120
#define PREVIEW_LEAST_COLUMNS 24
#define LIST_LEAST_COLUMNS    40
#define LIST_LEAST_ROWS       4

static int clamp(int value, int low, int high)
{
	return value < low ? low : value > high ? high : value;
}

enum preview_place layout_place(int rows, int columns, enum preview_place place)
{
	bool right_fits = columns >= LIST_LEAST_COLUMNS + PREVIEW_LEAST_COLUMNS + 1 && rows >= 8;
	bool below_fits = columns >= LIST_LEAST_COLUMNS && rows >= 14;

	switch (place) {
	case PREVIEW_AUTO:
		if (columns >= WIDE_COLUMNS && rows >= TITLE_FROM_ROWS)
			return PREVIEW_RIGHT;
		return columns >= MEDIUM_COLUMNS && rows >= MEDIUM_ROWS ? PREVIEW_BELOW
									: PREVIEW_OFF;
	case PREVIEW_RIGHT: return right_fits ? PREVIEW_RIGHT : PREVIEW_OFF;
	case PREVIEW_BELOW: return below_fits ? PREVIEW_BELOW : PREVIEW_OFF;
	case PREVIEW_OFF: break;
	}
	return PREVIEW_OFF;
}

static void split_right(struct layout *layout, int grow)
{
	struct area body = layout->body;
	int list = clamp(body.columns * 60 / 100, LIST_LEAST_COLUMNS, LIST_MAX_COLUMNS) - grow;

	list = clamp(list, LIST_LEAST_COLUMNS, body.columns - PREVIEW_LEAST_COLUMNS - 1);
	layout->list.columns = list;
	layout->divider = (struct area){body.row, body.column + list, body.rows, 1};
	layout->preview =
		(struct area){body.row, body.column + list + 1, body.rows, body.columns - list - 1};
}

static void split_below(struct layout *layout, int grow)
{
	struct area body = layout->body;
	int rows = clamp(BELOW_ROWS + grow, 2, body.rows - LIST_LEAST_ROWS - 1);

	layout->list.rows = body.rows - rows - 1;
	layout->divider = (struct area){body.row + layout->list.rows, body.column, 1, body.columns};
	layout->preview =
		(struct area){body.row + layout->list.rows + 1, body.column, rows, body.columns};
}

struct layout layout_make(int rows, int columns, enum preview_place place, int grow)
{
	struct layout layout = {.whole = {0, 0, rows, columns}};
	int top = rows >= TITLE_FROM_ROWS ? 1 : 0;
	int bottom = rows >= HINT_FROM_ROWS ? 2 : 1;

	if (rows < LEAST_ROWS || columns < LEAST_COLUMNS) {
		layout.too_small = true;
		return layout;
	}
	layout.title = (struct area){0, 0, top, columns};
	layout.status = (struct area){rows - bottom, 0, 1, columns};
	layout.hint = (struct area){rows - 1, 0, bottom - 1, columns};
	layout.body = (struct area){top, 0, rows - top - bottom, columns};
	layout.list = layout.body;
	place = layout_place(rows, columns, place);
	if (place == PREVIEW_RIGHT)
		split_right(&layout, grow);
	else if (place == PREVIEW_BELOW)
		split_below(&layout, grow);
	return layout;
}

#define MARK_WIDTH 2
#define GAP        2
#define AGE_WIDTH  4

struct row_columns layout_row(int columns)
{
	struct row_columns row = {.title = MARK_WIDTH};
	int room = columns - MARK_WIDTH - 1; /* one blank column at the right edge */

	if (columns >= 56) {
		row.relative_time_width = AGE_WIDTH;
		row.age = columns - 1 - AGE_WIDTH;
		room -= AGE_WIDTH + GAP;
	}
	if (columns >= 48) {
		row.tags_width = clamp(room / 4, 12, 28);
		room -= row.tags_width + GAP;
	}
	if (columns >= 34) {
		row.title_width = clamp(room * 55 / 100, 16, 44);
		row.notes_width = room - row.title_width - GAP;
	} else {
		row.title_width = room < 10 ? 10 : room;
	}
	row.notes = row.title + row.title_width + GAP;
	row.tags = row.notes_width ? row.notes + row.notes_width + GAP
				   : row.title + row.title_width + GAP;
	return row;
}
