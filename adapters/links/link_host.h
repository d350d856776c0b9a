#ifndef ADAPTERS_LINKS_LINK_HOST_H
#define ADAPTERS_LINKS_LINK_HOST_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Hosts that are to be asked, one at a time each and a pause apart: which may be asked next, and
 * when. Work is a linked list of whatever its owner hangs in; a host's is done in order.
 */
struct link_host;

struct link_work {
	struct link_work *next;
};

struct link_hosts;

struct link_hosts *link_hosts_new(void);
void link_hosts_free(struct link_hosts *hosts); /* work is its owner's; NULL is fine */

/* The host of an address, made where it is new. */
struct link_host *link_hosts_of(struct link_hosts *hosts, const char *url);
const char *link_host_name(const struct link_host *host);

/* Last in its host's line, or first: what has begun goes before what has not. */
void link_host_add(struct link_hosts *hosts, struct link_host *host, struct link_work *work);
void link_host_add_first(struct link_hosts *hosts, struct link_host *host, struct link_work *work);

/*
 * The next piece of work whose host is free at this time (monotonic milliseconds), and NULL if
 * there is none. Its host is busy until link_host_release().
 */
struct link_work *link_hosts_take(struct link_hosts *hosts, long long now);

/* The host may be asked again from this time on. */
void link_host_release(struct link_hosts *hosts, struct link_host *host, long long free_at);

/* Takes out all the work that waits for a host: a list. */
struct link_work *link_host_drop(struct link_hosts *hosts, struct link_host *host);

/* When the first host with work is free; -1 if there is none. */
long long link_hosts_next_time(const struct link_hosts *hosts);

/* What it did without an HTTP answer, in a row; the caller's to keep. */
size_t *link_host_failures(struct link_host *host);

#endif
