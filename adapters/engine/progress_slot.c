#include "adapters/engine/progress_slot.h"

void progress_slot_init(struct progress_slot *slot)
{
	*slot = (struct progress_slot){.fresh = false};
	pthread_mutex_init(&slot->lock, NULL);
}

void progress_slot_finish(struct progress_slot *slot)
{
	pthread_mutex_destroy(&slot->lock);
}

void progress_slot_put(struct progress_slot *slot, const struct stars_progress *progress)
{
	pthread_mutex_lock(&slot->lock);
	slot->latest = *progress;
	slot->fresh = true;
	pthread_mutex_unlock(&slot->lock);
}

bool progress_slot_take(struct progress_slot *slot, struct stars_progress *progress)
{
	bool fresh;

	pthread_mutex_lock(&slot->lock);
	fresh = slot->fresh;
	if (fresh)
		*progress = slot->latest;
	slot->fresh = false;
	pthread_mutex_unlock(&slot->lock);
	return fresh;
}

void progress_slot_put_links(struct progress_slot *slot, const struct links_progress *progress)
{
	pthread_mutex_lock(&slot->lock);
	slot->links = *progress;
	slot->links_fresh = true;
	pthread_mutex_unlock(&slot->lock);
}

bool progress_slot_take_links(struct progress_slot *slot, struct links_progress *progress)
{
	bool fresh;

	pthread_mutex_lock(&slot->lock);
	fresh = slot->links_fresh;
	if (fresh)
		*progress = slot->links;
	slot->links_fresh = false;
	pthread_mutex_unlock(&slot->lock);
	return fresh;
}
