#ifndef TESTS_INDEXED_BLOCK_H
#define TESTS_INDEXED_BLOCK_H

#include "domain/search/row_block.h"

/* A block over the rows of another one, which it takes, with an index of them in memory. */
struct row_block *indexed_block(struct row_block *block);

#endif
