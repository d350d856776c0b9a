#include "tests/tui/canvas_row.h"

#include <utf8proc.h>

#include "domain/base/memory.h"

char *canvas_row(const struct canvas *canvas, int row)
{
	char *text = memory_new((size_t)canvas->columns * CELL_CHARACTERS * 4 + 1);
	size_t length = 0;
	size_t end = 0;

	for (int column = 0; column < canvas->columns; column++) {
		const struct cell *cell = canvas_cell(canvas, row, column);

		for (int i = 0; i < cell->length; i++)
			length += (size_t)utf8proc_encode_char(
				cell->text[i], (utf8proc_uint8_t *)text + length);
		if (cell->length > 0 && cell->text[0] != L' ')
			end = length;
	}
	text[end] = '\0';
	return text;
}
