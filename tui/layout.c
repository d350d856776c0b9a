#include "tui/layout.h"

#define WIDE_COLUMNS          140
#define MEDIUM_COLUMNS        60
#define MEDIUM_ROWS           20
#define BELOW_ROWS            6
#define TITLE_FROM_ROWS       6

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
	int list = clamp(body.columns - body.columns / 3 - 1 - grow, LIST_LEAST_COLUMNS,
		body.columns - PREVIEW_LEAST_COLUMNS - 1);
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
	struct layout layout = {0};
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

#define MARK_WIDTH    2 /* the cursor, a mark or the state of the link; a second of them */
#define GAP           2
#define AGE_WIDTH     4
#define TAGS_LEAST    12
#define TAGS_MOST     32
#define NOTES_LEAST   12
#define NOTES_BESIDE  18 /* beside a preview, which shows them too */
#define TITLE_NARROW  34
#define TITLE_MOST    54
#define MEDIUM_SCREEN 80

/* By the screen's width alone, so that a wider one never shows less of it. */
static int title_width(int screen_columns)
{
	int width = screen_columns - MARK_WIDTH - 1;

	if (width > TITLE_NARROW)
		width = TITLE_NARROW;
	if (screen_columns > MEDIUM_SCREEN)
		width += (screen_columns - MEDIUM_SCREEN) * 50 / 100;
	return width > TITLE_MOST ? TITLE_MOST : width;
}

/* Takes so many columns, and the gap before them, out of what is left; 0 if they do not fit. */
static int take(int *room, int width)
{
	if (*room < width + GAP)
		return 0;
	*room -= width + GAP;
	return width;
}

struct row_columns layout_row(int columns, int screen_columns)
{
	struct row_columns row = {.title = MARK_WIDTH};
	int room = columns - MARK_WIDTH - 1; /* one blank column at the right edge */
	bool beside = columns < screen_columns;

	row.title_width = clamp(title_width(screen_columns), 10, room > 10 ? room : 10);
	room -= row.title_width;
	if (!beside)
		row.notes_width = take(&room, NOTES_LEAST);
	if (beside || row.notes_width)
		row.tags_width = take(&room, TAGS_LEAST);
	if (row.tags_width)
		row.age_width = take(&room, AGE_WIDTH);
	if (beside && row.age_width)
		row.notes_width = take(&room, NOTES_BESIDE);
	/* What is left goes to the tags, a third of it (or half, as a preview shows notes), and to
	 * the notes. */
	if (row.tags_width && room > 0) {
		int more = !row.notes_width ? room : beside ? room / 2 : room / 3;
		more = clamp(more, 0, TAGS_MOST - TAGS_LEAST);
		row.tags_width += more;
		room -= more;
	}
	if (row.notes_width && room > 0)
		row.notes_width += room;
	row.notes = row.title + row.title_width + GAP;
	row.tags = row.notes + (row.notes_width ? row.notes_width + GAP : 0);
	row.age = columns - 1 - AGE_WIDTH;
	return row;
}
