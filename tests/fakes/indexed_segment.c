#include "tests/fakes/indexed_segment.h"

#include <stdlib.h>

#include "domain/base/memory.h"
#include "domain/search/trigram_index.h"

struct indexed {
	struct row_segment *rows;
	struct trigram_index index;
};

static bool is_right(void *self, const void *bytes, size_t length)
{
	(void)self, (void)bytes, (void)length;
	return true;
}

static void release(void *self)
{
	struct indexed *indexed = self;

	row_segment_free(indexed->rows);
	trigram_index_finish(&indexed->index);
	free(indexed);
}

struct row_segment *indexed_segment(struct row_segment *segment)
{
	struct indexed *indexed = memory_new(sizeof(*indexed));
	struct row_table table = *row_segment_table(segment);

	indexed->rows = segment;
	trigram_index_init(&indexed->index, &table);
	table.trigrams = indexed->index.columns;
	table.present = indexed->index.present;
	return row_segment_over(&table,
		&(struct row_origin){.verify = is_right, .release = release, .self = indexed});
}
