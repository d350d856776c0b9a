#include "adapters/stars/star_slot.h"

#include <stdlib.h>

void star_slot_clear(struct star_slot *slot)
{
	free(slot->body);
	free(slot->next);
	free(slot->before);
	star_batch_finish(&slot->batch);
	slot->body = slot->next = slot->before = NULL;
	slot->length = 0;
	slot->facts = (struct star_facts){0};
	slot->exchange = NULL;
}

void star_slot_release(struct star_slot *slot)
{
	struct star_importer *importer = slot->importer;

	star_slot_clear(slot);
	free(slot->order.link);
	free(slot->url);
	*slot = (struct star_slot){.importer = importer};
}
