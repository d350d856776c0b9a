#ifndef ADAPTERS_ENGINE_ENGINE_H
#define ADAPTERS_ENGINE_ENGINE_H

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

/*
 * Asks it to end after what it is doing and waits at most a second. True: it has ended and is
 * freed, and the library is the caller's again. False: it has not, and the program must exit
 * without touching the library; what was acknowledged is safe.
 */
bool engine_thread_stop(struct engine_thread *thread);

#endif
