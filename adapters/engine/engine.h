#ifndef ADAPTERS_ENGINE_ENGINE_H
#define ADAPTERS_ENGINE_ENGINE_H

#include <signal.h>

#include "adapters/bootstrap.h"
#include "adapters/engine/engine_port.h"
#include "adapters/system/config.h"

/*
 * The engine on a thread of its own: implements adapters/engine/engine_port.h for the screen. It
 * alone uses the bus, the library and the network from its start to its stop, so none of them needs
 * a lock. Its one wait is a poll_loop: the mailbox, the watch on the library, which tells of other
 * programs' changes, and whatever goes on by itself.
 */
struct engine_thread;

/* Borrows both until engine_thread_stop(). NULL, with words, if it cannot begin. */
struct engine_thread *engine_thread_start(
	struct library *library, const struct config *config, struct error *error);
struct engine *engine_thread_port(struct engine_thread *thread);

/* What the screen asked for and did not hear the end of. */
struct engine_leftovers {
	size_t count;       /* changes that were not made */
	enum status status; /* why the first was not */
	struct error error;
};

/*
 * How long the end may take. Something that can be waited for (fd, -1: nothing) hurries it, when
 * interrupted() says so.
 */
struct engine_patience {
	int fd;
	bool (*interrupted)(void *self);
	void *self;
	void (*lasts)(void *self);    /* called once, after a second; may be NULL */
	volatile sig_atomic_t *hurry; /* the library's options.stop; may be NULL */
};

/*
 * Ends the engine. What the network does is stopped; the changes that were asked for are carried
 * out. Another program's lock is waited for a moment only (then *hurry is set), and all of it at
 * most half a minute; each interruption ends one of these waits. True: it has ended and is freed,
 * and the library is the caller's again. False: it has not, and the program must exit without
 * touching the library; what was acknowledged is safe. What was not done is told either way.
 */
bool engine_thread_stop(struct engine_thread *thread, const struct engine_patience *patience,
	struct engine_leftovers *leftovers);

#endif
