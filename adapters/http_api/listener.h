#ifndef ADAPTERS_HTTP_API_LISTENER_H
#define ADAPTERS_HTTP_API_LISTENER_H

#include <stdbool.h>
#include <stddef.h>

#include "domain/base/error.h"
#include "domain/base/status.h"

/* Where a server listens: a socket that somebody may connect to, and its name for people. */
struct listener {
	int fd;
	char name[80]; /* "127.0.0.1:9090", "[::1]:9090" */
};

/*
 * given is ADDRESS:PORT, [ADDRESS]:PORT, ADDRESS or PORT; what is missing is 127.0.0.1 and 9090.
 * Addresses are numbers, or "localhost". One that is not of this machine alone is refused unless
 * remote. Port 0 takes one that is free.
 */
enum status listener_open(
	struct listener *listener, const char *given, bool remote, struct error *error);

/*
 * The socket that a service manager has opened for us (sd_listen_fds(3): LISTEN_PID, LISTEN_FDS);
 * false if there is none. What it is bound to is the administrator's word.
 */
bool listener_take_over(struct listener *listener);

/* The numeric address of this end of a connection, "127.0.0.1"; false if it has none. */
bool listener_local_address(int fd, char *text, size_t size);

#endif
