#include "tui/progress_bar.h"

#include "domain/base/text.h"

#define BAR_COLUMNS      11
#define BAR_FROM_COLUMNS 60

void progress_bar_draw(size_t done, size_t total, struct canvas *canvas, const struct area *area,
	int row, int column, int columns)
{
	int full = total > 0 ? (int)((double)done / (double)total * columns) : 0;

	for (int i = 0; i < columns; i++)
		canvas_write_glyph(canvas, area, row, column + i,
			i < full ? GLYPH_FULL : GLYPH_REST, STYLE_ACCENT);
}

int progress_line_draw(
	const struct progress_line *line, struct canvas *canvas, const struct area *area)
{
	bool bar = line->total > 0 && area->columns >= BAR_FROM_COLUMNS;
	int width = (int)(text_width(line->text) + text_width(line->tail)) + 1;
	int column;

	width += bar ? BAR_COLUMNS + 1 : 0;
	column = area->columns > width + 1 ? area->columns - width - 1 : 0;
	column += canvas_write(canvas, area, 0, column, line->text, STYLE_ACCENT, true) + 1;
	if (bar) {
		progress_bar_draw(line->done, line->total, canvas, area, 0, column, BAR_COLUMNS);
		column += BAR_COLUMNS + 1;
	}
	canvas_write(canvas, area, 0, column, line->tail, STYLE_TEXT, true);
	return width + 3;
}
