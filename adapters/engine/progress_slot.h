#ifndef ADAPTERS_ENGINE_PROGRESS_SLOT_H
#define ADAPTERS_ENGINE_PROGRESS_SLOT_H

#include <pthread.h>
#include <stdbool.h>

#include "domain/stars/stars_progress.h"

/*
 * The latest word on an import, from one thread to another. A newer word replaces one that nobody
 * took, so that a slow reader never builds a backlog.
 */
struct progress_slot {
	pthread_mutex_t lock;
	struct stars_progress latest;
	bool fresh;
};

void progress_slot_init(struct progress_slot *slot);
void progress_slot_finish(struct progress_slot *slot);
void progress_slot_put(struct progress_slot *slot, const struct stars_progress *progress);
bool progress_slot_take(struct progress_slot *slot, struct stars_progress *progress);

#endif
