#ifndef ADAPTERS_SQLITE_BOOKMARK_BATCH_H
#define ADAPTERS_SQLITE_BOOKMARK_BATCH_H

#include <stdbool.h>
#include <stddef.h>

#include "domain/base/buffer.h"
#include "domain/bookmarks/catalogue.h"

/*
 * Copies of a few bookmarks, so that the transaction they were read in can end before anybody
 * looks at them: whoever does may have to wait for a reader of a pipe. Their texts lie one behind
 * the other in one buffer that is used again. { 0 } is empty.
 */
struct bookmark_batch {
	struct bookmark *rows; /* their strings point nowhere: they are in texts */
	size_t count;
	size_t capacity;
	struct buffer texts;
};

/* A bookmark_visit_fn; self is the batch. False when it is full, with this one still in it. */
bool bookmark_batch_keep(void *self, const struct bookmark *bookmark);

/* Visits them in order, and empties it; false once visit has returned that. */
bool bookmark_batch_visit(struct bookmark_batch *batch, bookmark_visit_fn visit, void *self);

void bookmark_batch_finish(struct bookmark_batch *batch);

#endif
