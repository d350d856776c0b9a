#ifndef ADAPTERS_ENGINE_POLL_LOOP_H
#define ADAPTERS_ENGINE_POLL_LOOP_H

#include <poll.h>
#include <stddef.h>

#include "adapters/http/http_client.h"

/*
 * The one wait of a thread, and who takes part in it: each source names the descriptors it waits
 * for and how long it can wait, and gets a turn after every wait. Transfers of the HTTP client go
 * on meanwhile. So a mailbox, a watch, an import, a server or a hook's process is looked after
 * without knowing of the others, and what has nothing to do costs no wake-up.
 *
 *   poll_loop_init … poll_loop_add(&loop, &source)… while (…) poll_loop_wait(&loop, -1) … _finish
 */
struct poll_loop;

struct poll_source {
	/* Calls poll_loop_watch() for each descriptor it waits for now. NULL: it has none. */
	void (*prepare)(void *self, struct poll_loop *loop);

	/* Milliseconds until its turn is due, 0 at once, -1 never. NULL: never. */
	int (*timeout)(void *self);

	/*
	 * Does what is due, a little of it, and finds out by itself whether there is anything. It
	 * may add and remove sources, itself too.
	 */
	void (*turn)(void *self);
	void *self;
};

struct poll_loop {
	struct http_client *http;    /* borrowed */
	struct poll_source *sources; /* without a turn once they are removed */
	size_t source_count;
	size_t source_capacity;
	struct pollfd *fds;
	size_t fd_count;
	size_t fd_capacity;
};

void poll_loop_init(struct poll_loop *loop, struct http_client *http);
void poll_loop_finish(struct poll_loop *loop); /* {0} is fine */

/* Copied; it takes part from the next wait on. Turns come in the order of adding. */
void poll_loop_add(struct poll_loop *loop, const struct poll_source *source);

/* Takes out the sources of that self; none is fine. */
void poll_loop_remove(struct poll_loop *loop, const void *self);

/* For prepare alone. A descriptor of -1 is watched without a result. */
void poll_loop_watch(struct poll_loop *loop, int fd, short events);

/* The nearer of two waits, of which -1 is never. */
int poll_loop_nearer(int one, int other);

/* One wait, at most so long (-1: as long as nothing is due), and a turn for each source. */
void poll_loop_wait(struct poll_loop *loop, int timeout_ms);

#endif
