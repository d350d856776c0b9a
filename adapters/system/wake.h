#ifndef ADAPTERS_SYSTEM_WAKE_H
#define ADAPTERS_SYSTEM_WAKE_H

#include <stdbool.h>

/*
 * Wakes a thread that waits in poll(2), from another thread or from a signal handler: a descriptor
 * that is readable from wake_set() until wake_clear(), however often it was set meanwhile. By
 * eventfd(2) on Linux, else by a pipe.
 */
struct wake {
	int fd;     /* to wait for; never to be read by others; -1: there is none */
	int set_fd; /* where it is set */
};

/* False, with an fd of -1, if no more descriptors are allowed. */
bool wake_init(struct wake *wake);
void wake_finish(struct wake *wake); /* an fd of -1 is nothing */

void wake_set(struct wake *wake); /* safe in a signal handler; errno stays */
void wake_clear(struct wake *wake);

#endif
