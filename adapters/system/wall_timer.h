#ifndef ADAPTERS_SYSTEM_WALL_TIMER_H
#define ADAPTERS_SYSTEM_WALL_TIMER_H

#include <stdbool.h>
#include <stdint.h>

/*
 * Waits in poll(2) for a time on the wall clock, also across the machine's sleep and where the
 * clock is set meanwhile: a descriptor that becomes readable then (timerfd_create(2) on Linux), or
 * where there is none a look at the clock every few minutes. Whoever is woken asks the clock what
 * time it is, as that may not be the one waited for.
 */
struct wall_timer {
	int fd;       /* to wait for; -1: there is none */
	int64_t when; /* seconds since 1970; INT64_MAX: never */
	bool late;    /* it went off before its time: the two clocks are not the same one */
};

void wall_timer_init(struct wall_timer *timer);
void wall_timer_finish(struct wall_timer *timer);

/* Waits for another time; the same one is fine. */
void wall_timer_set(struct wall_timer *timer, int64_t when);

/* How long poll() may wait by it, milliseconds: -1, the descriptor wakes. */
int wall_timer_timeout(const struct wall_timer *timer);

/*
 * Whether the descriptor is readable, which it no longer is then. now is what the clock says.
 */
bool wall_timer_take(struct wall_timer *timer, int64_t now);

#endif
