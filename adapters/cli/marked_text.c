#include "adapters/cli/marked_text.h"

#include <stdlib.h>
#include <string.h>

#include "domain/base/memory.h"
#include "domain/base/text.h"

#define MARKS_MAX 32

void marked_text_init(struct marked_text *marked, const char *original, enum place place,
	const struct query *query)
{
	*marked = (struct marked_text){.text = text_displayable(original)};
	marked->width = text_width(marked->text);
	if (!query)
		return;
	marked->marks = memory_array(MARKS_MAX, sizeof(*marked->marks));
	marked->mark_count = query_marks(query, place, marked->text, marked->marks, MARKS_MAX);
}

void marked_text_finish(struct marked_text *marked)
{
	free(marked->text);
	free(marked->marks);
	*marked = (struct marked_text){0};
}

static void print_part(const struct marked_text *marked, struct output *output, enum paint paint,
	size_t begin, size_t end)
{
	if (begin >= end)
		return;
	output_paint(output, paint);
	output_bytes(output, marked->text + begin, end - begin);
	output_plain(output);
}

/* The first bytes of the text, up to end. */
static void print_to(
	const struct marked_text *marked, struct output *output, enum paint paint, size_t end)
{
	size_t at = 0;

	for (size_t i = 0; i < marked->mark_count && at < end; i++) {
		const struct text_range *mark = &marked->marks[i];
		size_t begin = mark->begin < end ? mark->begin : end;
		size_t stop = mark->end < end ? mark->end : end;

		print_part(marked, output, paint, at, begin);
		print_part(marked, output, PAINT_MARK, begin, stop);
		at = stop;
	}
	print_part(marked, output, paint, at, end);
}

static size_t width_of(const char *text, size_t bytes)
{
	char *part = memory_copy_bytes(text, bytes);
	size_t width = text_width(part);

	free(part);
	return width;
}

size_t marked_text_print(
	const struct marked_text *marked, struct output *output, enum paint paint, size_t width)
{
	size_t bytes;

	if (marked->width <= width) {
		print_to(marked, output, paint, strlen(marked->text));
		return marked->width;
	}
	if (!width)
		return 0;
	bytes = text_fit(marked->text, width - 1);
	print_to(marked, output, paint, bytes);
	output_string(output, "…");
	return width_of(marked->text, bytes) + 1;
}
