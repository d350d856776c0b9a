#include "tests/tui/canvas_row.h"

#include "domain/base/memory.h"

char *canvas_row(const struct canvas *canvas, int row)
{
	char *text = memory_new((size_t)canvas->columns * CELL_BYTES + 1);
	size_t length = 0;
	size_t end = 0;

	for (int column = 0; column < canvas->columns; column++) {
		const struct cell *cell = canvas_cell(canvas, row, column);
		length += cell_encode(cell, text + length);
		if (cell->length > 0 && cell->text[0] != L' ')
			end = length;
	}
	text[end] = '\0';
	return text;
}
