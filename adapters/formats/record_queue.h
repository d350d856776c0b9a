#ifndef ADAPTERS_FORMATS_RECORD_QUEUE_H
#define ADAPTERS_FORMATS_RECORD_QUEUE_H

#include "adapters/formats/record.h"

/*
 * Records that a parser makes faster than they are asked for: one piece of a file may hold many.
 * The last may be open, and is handed out only once it was ended. { 0 } is empty; lost_counts is
 * given to each record.
 */
struct record_queue {
	struct record *records;
	size_t count;
	size_t capacity;
	size_t next;
	bool is_open;
	size_t *lost_counts;
};

struct record *record_queue_open(struct record_queue *queue); /* ends the one before */
struct record *record_queue_last(struct record_queue *queue); /* the open one; else NULL */
void record_queue_end(struct record_queue *queue);

void record_queue_finish(struct record_queue *queue);

/* Reads a further piece of the file into the source's queue. */
typedef enum status (*record_fill_fn)(struct bookmark_source *source, struct error *error);

/*
 * The next of a source: a record of its queue that is a bookmark, which is filled as often as need
 * be until *at_end is set.
 */
enum source_step record_queue_yield(struct record_queue *queue, const bool *at_end,
	record_fill_fn fill, struct bookmark_source *source, struct found_bookmark *found,
	struct error *error);

#endif
