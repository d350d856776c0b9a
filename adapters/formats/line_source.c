#include "adapters/formats/line_source.h"

#include <stdlib.h>

#include "domain/base/memory.h"

struct bookmark_source *line_source_new(size_t size, struct input *input, line_source_fn next)
{
	struct line_source *source = memory_new(size);

	source->source.next = next;
	source->lines.input = input;
	return &source->source;
}

void line_source_free(struct bookmark_source *base)
{
	struct line_source *source = (struct line_source *)base;

	line_reader_finish(&source->lines);
	record_finish(&source->record);
	free(source);
}
