#include "tests/tui/canvas_row.h"

#include "domain/base/memory.h"
#include "domain/base/text.h"

char *canvas_row(const struct canvas *canvas, int row)
{
	char *text = memory_new(
		(size_t)canvas->columns * CELL_CHARACTERS * TEXT_POINT_MAX + TEXT_POINT_MAX);
	size_t length = 0;
	size_t end = 0;

	for (int column = 0; column < canvas->columns; column++) {
		const struct cell *cell = canvas_cell(canvas, row, column);
		for (int i = 0; i < cell->length; i++)
			length += text_encode(cell->text[i], text + length);
		if (cell->length > 0 && cell->text[0] != L' ')
			end = length;
	}
	text[end] = '\0';
	return text;
}
