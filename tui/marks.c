#include "tui/marks.h"

#include <stdlib.h>

#include "domain/base/memory.h"
#include "domain/search/search.h"
#include "domain/base/text.h"

#define RANGES_MAX 32

static int width_between(const char *text, size_t begin, size_t end)
{
	char *part = memory_copy_bytes(text + begin, end - begin);
	int width = (int)text_width(part);

	free(part);
	return width;
}

void marks_draw(const struct query *query, enum place place, const char *text,
	struct canvas *canvas, const struct area *area, int row, int from, int to)
{
	struct text_range ranges[RANGES_MAX];
	size_t at = 0;
	int column = from;

	if (!query)
		return;
	size_t count = query_marks(query, place, text, ranges, RANGES_MAX);
	for (size_t i = 0; i < count && column < to; i++) {
		column += width_between(text, at, ranges[i].begin);
		int end = column + width_between(text, ranges[i].begin, ranges[i].end);
		canvas_emphasise(canvas, area, row, column, end < to ? end : to, EMPHASIS_MATCH);
		column = end;
		at = ranges[i].end;
	}
}
