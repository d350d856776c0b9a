#ifndef ADAPTERS_HTTP_ORIGIN_H
#define ADAPTERS_HTTP_ORIGIN_H

#include <stdbool.h>

#include "domain/base/error.h"
#include "domain/base/status.h"

/*
 * Where a token may go: to one origin, that is scheme, host and port, of the address that was
 * configured. Addresses are read by libcurl, which is what asks for them later, so that the two
 * cannot differ.
 */

/* OK for https, and for http on this machine itself (tests, a tunnel); else INVALID. */
enum status origin_check_base(const char *base, struct error *error);

/*
 * The one rule, for every address that is asked for with a token, be it built, in a Link or in a
 * redirect: OK if it is of base's origin and names no user. REMOTE, with the host, for any other:
 * it is not asked for at all, with a token or without.
 */
enum status origin_check(const char *base, const char *url, struct error *error);

/* Whether an address is http or https on this machine: 127.0.0.0/8, ::1, localhost. */
bool origin_is_loopback(const char *url);

/* "host" or "host:port", for messages. The caller frees it. */
char *origin_host(const char *url);

/*
 * What goes over the wire for an address that people keep: its host as punycode, its letters beyond
 * ASCII and its blanks escaped, without a user and a fragment. The caller frees it.
 */
char *origin_wire_form(const char *url);

/* A Location or Link, which may be relative, as an address of its own; NULL if it is none. */
char *origin_resolve(const char *url, const char *reference);

#endif
