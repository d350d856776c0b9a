#ifndef ADAPTERS_ENGINE_PROGRESS_SLOT_H
#define ADAPTERS_ENGINE_PROGRESS_SLOT_H

#include <pthread.h>
#include <stdbool.h>

#include "domain/links/links_progress.h"
#include "domain/stars/stars_progress.h"

/*
 * The latest word on an import and on a check of links, from one thread to another. A newer word
 * replaces one that nobody took, so that a slow reader never builds a backlog.
 */
struct progress_slot {
	pthread_mutex_t lock;
	struct stars_progress latest;
	bool fresh;
	struct links_progress links;
	bool links_fresh;
};

void progress_slot_init(struct progress_slot *slot);
void progress_slot_finish(struct progress_slot *slot);
void progress_slot_put(struct progress_slot *slot, const struct stars_progress *progress);
bool progress_slot_take(struct progress_slot *slot, struct stars_progress *progress);
void progress_slot_put_links(struct progress_slot *slot, const struct links_progress *progress);
bool progress_slot_take_links(struct progress_slot *slot, struct links_progress *progress);

#endif
