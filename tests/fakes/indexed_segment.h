#ifndef TESTS_INDEXED_SEGMENT_H
#define TESTS_INDEXED_SEGMENT_H

#include "domain/search/row_segment.h"

/* A segment over the rows of another one, which it takes, with their trigrams in memory. */
struct row_segment *indexed_segment(struct row_segment *segment);

#endif
