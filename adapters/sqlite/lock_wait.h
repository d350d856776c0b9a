#ifndef ADAPTERS_SQLITE_LOCK_WAIT_H
#define ADAPTERS_SQLITE_LOCK_WAIT_H

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>

/*
 * Patience with another program that holds the library: short sleeps that grow, by the monotonic
 * clock, up to a limit; after a while somebody is told, once. Set the first five, zero the rest.
 */
struct lock_wait {
	long limit_ms;
	long note_ms;
	void (*note)(void *self); /* called once a wait, after note_ms; may be NULL */
	void *self;
	const volatile sig_atomic_t *stop; /* the wait ends when this is set; may be NULL */
	int64_t started;
	bool noted;
	unsigned sleeps;
};

/* Before each thing that may have to wait. */
void lock_wait_begin(struct lock_wait *wait);

/* Sleeps a little; false if it has lasted too long or is to stop. */
bool lock_wait_once(struct lock_wait *wait);

#endif
