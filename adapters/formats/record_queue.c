#include "adapters/formats/record_queue.h"

#include <stdlib.h>
#include <string.h>

#include "domain/base/memory.h"

struct record *record_queue_open(struct record_queue *queue)
{
	size_t before = queue->capacity;
	struct record *record;

	queue->records = memory_grow(
		queue->records, queue->count, &queue->capacity, sizeof(*queue->records));
	memset(queue->records + before, 0, (queue->capacity - before) * sizeof(*queue->records));
	record = &queue->records[queue->count++];
	record_clear(record);
	record->lost_counts = queue->lost_counts;
	queue->is_open = true;
	return record;
}

struct record *record_queue_last(struct record_queue *queue)
{
	return queue->is_open ? &queue->records[queue->count - 1] : NULL;
}

void record_queue_end(struct record_queue *queue)
{
	queue->is_open = false;
}

/* Those that were handed out make room; the one that is open becomes the first. */
static void drop_taken(struct record_queue *queue)
{
	if (!queue->records)
		return;
	if (queue->is_open && queue->count > 1) {
		struct record first = queue->records[0];

		queue->records[0] = queue->records[queue->count - 1];
		queue->records[queue->count - 1] = first;
	}
	queue->count = queue->is_open ? 1 : 0;
	queue->next = 0;
}

/* The next that is complete, lent until the one after it is asked for; NULL: there is none yet. */
static struct record *record_queue_next(struct record_queue *queue)
{
	if (queue->next < queue->count - (queue->is_open ? 1 : 0))
		return &queue->records[queue->next++];
	drop_taken(queue);
	return NULL;
}

void record_queue_finish(struct record_queue *queue)
{
	for (size_t i = 0; i < queue->capacity; i++)
		record_finish(&queue->records[i]);
	free(queue->records);
	*queue = (struct record_queue){0};
}

enum source_step record_queue_yield(struct record_queue *queue, const bool *at_end,
	record_fill_fn fill, struct bookmark_source *source, struct found_bookmark *found,
	struct error *error)
{
	for (;;) {
		struct record *record = record_queue_next(queue);

		if (record && !record_is_query(record))
			return record_yield(record, found, error);
		if (record)
			continue;
		if (*at_end)
			return SOURCE_END;
		source->status = fill(source, error);
		if (source->status != STATUS_OK)
			return SOURCE_FAILED;
	}
}
