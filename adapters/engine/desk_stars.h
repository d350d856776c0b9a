#ifndef ADAPTERS_ENGINE_DESK_STARS_H
#define ADAPTERS_ENGINE_DESK_STARS_H

#include "adapters/bootstrap.h"
#include "adapters/system/config.h"
#include "adapters/http/http_client.h"
#include "adapters/engine/mailbox.h"
#include "adapters/engine/progress_slot.h"
#include "adapters/stars/star_importer.h"

/*
 * The import of stars inside the engine: its steps among the screen's requests, and how it stands
 * in the progress slot, at most ten times a second.
 */
struct desk_stars {
	const struct config *config;
	struct star_importer *importer;
	struct progress_slot *slot;
	struct mailbox *reports; /* nudged when there is a new word in the slot */
	struct stars_progress latest;
	enum stars_phase told_phase;
	int64_t told_at; /* monotonic ms */
	bool untold;
};

void desk_stars_init(struct desk_stars *stars, struct library *library, const struct config *config,
	struct http_client *client);
void desk_stars_finish(struct desk_stars *stars);

/* Milliseconds until desk_stars_turn() is due; -1 if nothing is. */
int desk_stars_timeout(const struct desk_stars *stars);
void desk_stars_turn(struct desk_stars *stars);

#endif
