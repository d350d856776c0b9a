#include "tests/fakes/indexed_segment.h"

#include <stdlib.h>

#include "domain/base/memory.h"
#include "domain/search/trigram_index.h"

struct indexed {
	struct row_segment *rows;
	struct trigram_builder *builder;
	uint64_t *columns;
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
	trigram_builder_free(indexed->builder);
	free(indexed->columns);
	free(indexed);
}

static void index_rows(struct indexed *indexed, const struct row_table *table)
{
	const size_t words = trigram_index_words(table->count);

	indexed->builder = trigram_builder_new(table->count);
	for (size_t row = 0; row < table->count; row++)
		for (enum row_field field = FIELD_TITLE; field < ROW_FIELDS; field++)
			trigram_builder_add(indexed->builder, row,
				row_table_text(table, row, field),
				text_column_size(&table->fields[field], row));
	indexed->columns = memory_array(TRIGRAM_COLUMNS * words, sizeof(*indexed->columns));
	for (size_t first = 0; first < TRIGRAM_COLUMNS; first += TRIGRAM_BATCH)
		trigram_builder_columns(indexed->builder, first, indexed->columns + first * words);
}

struct row_segment *indexed_segment(struct row_segment *segment)
{
	struct indexed *indexed = memory_new(sizeof(*indexed));
	struct row_table table = *row_segment_table(segment);

	indexed->rows = segment;
	index_rows(indexed, &table);
	table.trigrams = indexed->columns;
	table.present = trigram_builder_present(indexed->builder);
	return row_segment_over(&table,
		&(struct row_origin){.verify = is_right, .release = release, .self = indexed});
}
