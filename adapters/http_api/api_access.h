#ifndef ADAPTERS_HTTP_API_API_ACCESS_H
#define ADAPTERS_HTTP_API_API_ACCESS_H

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

/* 256 random bits as hexadecimal digits. */
#define API_TOKEN_DIGITS 64

/* The file "api-token" beside a library; the caller frees it. */
char *api_token_path(const char *library);

/*
 * Reads the token, or makes it at the first time: a file of mode 0600. Refused, with what to do, if
 * others could read it, or if what it holds is no token.
 */
enum status api_token_get(const char *path, char token[API_TOKEN_DIGITS + 1], struct error *error);

/* Whether an Authorization header, which may be NULL, has the token. */
bool api_access_has_token(const char *authorization, const char *token);

/*
 * Whether a Host header, which may be NULL, names this machine, as does the address of this end of
 * the connection: a page in a browser can be made to ask us under a name of its own (DNS
 * rebinding).
 */
bool api_access_is_local(const char *host, int fd);

#endif
