#ifndef TUI_LAYOUT_H
#define TUI_LAYOUT_H

#include <stdbool.h>

#include "tui/canvas.h"

/* Where the preview goes: AUTO is right on a screen of which a third is wide
 * enough for it, below on a medium one, off on a small. */
enum preview_place { PREVIEW_AUTO, PREVIEW_RIGHT, PREVIEW_BELOW, PREVIEW_OFF };

/* The least size that shows anything. */
#define LEAST_ROWS    5
#define LEAST_COLUMNS 20

/* With fewer rows there is no line for hints. */
#define HINT_FROM_ROWS 10

/*
 * Where everything is, at a given size. Areas that there is no room for are empty; areas never
 * overlap and never leave the screen.
 */
struct layout {
	bool too_small;
	struct area title;
	struct area body; /* all between title and status: what overlays use */
	struct area list;
	struct area divider; /* between list and preview: a column, or a row */
	struct area preview;
	struct area status;
	struct area hint;
};

/* grow: columns (right) or rows (below) that the preview is larger than it would be by itself. */
struct layout layout_make(int rows, int columns, enum preview_place place, int grow);

/* The place that AUTO means at this size; any other is itself where it fits, else OFF. */
enum preview_place layout_place(int rows, int columns, enum preview_place place);

/*
 * The columns of a row of the list, from its left edge: a mark, title, notes, tags, age. They
 * give way in the order age, tags, notes as the width shrinks (beside a preview, which has them,
 * the notes first); a wider screen never has less title. A column of width 0 is not shown.
 */
struct row_columns {
	int title, title_width;
	int notes, notes_width;
	int tags, tags_width;
	int age, age_width;
};

struct row_columns layout_row(int columns, int screen_columns);

#endif
