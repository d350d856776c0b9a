#ifndef ADAPTERS_ENGINE_PACE_H
#define ADAPTERS_ENGINE_PACE_H

#include <stdbool.h>
#include <stdint.h>

/*
 * How often it is told how something stands: at most ten times a second, however often it changes,
 * and the last word always. {0} has told nothing yet.
 */
struct pace {
	int64_t told_at; /* monotonic ms */
	bool untold;     /* there is something new */
};

/* Something is new, if changed is set. True: tell it now; urgent does not wait. */
bool pace_turn(struct pace *pace, bool changed, bool urgent);

/* Milliseconds until what is untold is due; -1: nothing is. */
int pace_timeout(const struct pace *pace);

#endif
