#include "adapters/sqlite/lock_wait.h"

#include <time.h>
#include <unistd.h>

#include "adapters/system/steady_clock.h"

#define LONGEST_SLEEP_US 20000

void lock_wait_begin(struct lock_wait *wait)
{
	wait->started = 0;
	wait->noted = false;
	wait->sleeps = 0;
}

/* Writers that wait together must not wake together, so each adds its own share. */
static void sleep_a_little(struct lock_wait *wait)
{
	unsigned shift = wait->sleeps < 5 ? wait->sleeps : 5;
	long length = 500L << shift;
	long share = ((long)getpid() * 7919 + (long)wait->sleeps * 104729) % 1000;
	struct timespec pause;

	length += length * share / 1000;
	if (length > LONGEST_SLEEP_US)
		length = LONGEST_SLEEP_US;
	pause = (struct timespec){.tv_nsec = length * 1000};
	nanosleep(&pause, NULL);
	wait->sleeps++;
}

bool lock_wait_once(struct lock_wait *wait)
{
	int64_t now = steady_clock_ms();

	if (!wait->started)
		wait->started = now;
	/* it may be set by another thread */
	if (now - wait->started >= wait->limit_ms ||
		(wait->stop && __atomic_load_n(wait->stop, __ATOMIC_RELAXED)))
		return false;
	if (!wait->noted && now - wait->started >= wait->note_ms) {
		wait->noted = true;
		if (wait->note)
			wait->note(wait->self);
	}
	sleep_a_little(wait);
	return true;
}
