#include "tests/fakes/indexed_block.h"

#include <stdlib.h>

#include "domain/base/memory.h"
#include "domain/search/row_index.h"

struct indexed {
	struct row_block *rows;
	struct row_indexer *indexer;
	struct row_index index;
	uint64_t *columns;
};

static bool is_right(void *self, size_t group, enum row_part part)
{
	(void)self, (void)group, (void)part;
	return true;
}

static bool is_right_column(void *self, size_t column)
{
	(void)self, (void)column;
	return true;
}

static void keep(void *self)
{
	(void)self;
}

static void release(void *self)
{
	struct indexed *indexed = self;

	row_block_free(indexed->rows);
	row_indexer_free(indexed->indexer);
	free(indexed->columns);
	free(indexed);
}

static void fill(struct indexed *indexed, size_t rows)
{
	uint64_t *at;

	indexed->index = *row_indexer_index(indexed->indexer);
	indexed->columns =
		memory_array(indexed->index.column_count * BITS_WORDS(rows), sizeof(*at));
	at = indexed->columns;
	for (size_t chunk = 0; chunk < index_chunks(rows); chunk++) {
		row_indexer_fill(indexed->indexer, chunk, at);
		at += indexed->index.column_count * index_chunk_words(rows, chunk);
	}
	indexed->index.columns = indexed->columns;
}

struct row_block *indexed_block(struct row_block *block)
{
	struct indexed *indexed = memory_new(sizeof(*indexed));
	struct row_table table = *row_block_table(block);

	indexed->rows = block;
	indexed->indexer = row_indexer_new(row_block_table(block));
	fill(indexed, table.count);
	table.index = &indexed->index;
	return row_block_over(&table, &(struct row_trust){
					      .check_group = is_right,
					      .check_column = is_right_column,
					      .columns = row_index_columns(&indexed->index),
					      .give_back = keep,
					      .release = release,
					      .self = indexed,
				      });
}
