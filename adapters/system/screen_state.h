#ifndef ADAPTERS_SYSTEM_SCREEN_STATE_H
#define ADAPTERS_SYSTEM_SCREEN_STATE_H

#include <stdbool.h>

/*
 * How the screen was left, for the next time: a small file of the user's state
 * (path_of_screen_state()), a line for each thing. Numbers mean what the screen says they mean.
 * What cannot be read or written is passed over, as nothing depends on it.
 */
struct screen_state {
	int preview_place;
	int preview_grow;
	int order;
	int reverse; /* 0 or 1 */
};

/* False if there is none; what it does not have is as it was in *state. */
bool screen_state_read(struct screen_state *state);
void screen_state_write(const struct screen_state *state);

#endif
