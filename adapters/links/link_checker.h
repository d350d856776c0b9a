#ifndef ADAPTERS_LINKS_LINK_CHECKER_H
#define ADAPTERS_LINKS_LINK_CHECKER_H

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "adapters/http/http_client.h"
#include "domain/base/clock.h"
#include "domain/base/error.h"
#include "domain/base/status.h"
#include "domain/bus/bus.h"
#include "domain/links/links_progress.h"

/*
 * Asks whether the addresses of bookmarks still answer, and hands the bus what it found as
 * RECORD_LINKS: HEAD, and GET (its first bytes) where HEAD is refused or answered by an error. At
 * most so many requests are in flight, one at a time and a second apart for each host; each has 15
 * seconds; ten redirects; no cookies, no token, no referrer. A Retry-After is obeyed: what would
 * have to wait for long is left for another time. Where the first ten hosts all fail without an
 * HTTP answer the network is taken to be down: it ends with NETWORK, and nothing is written down.
 *
 * It runs inside the loop of whoever owns it: link_checker_step() after each http_client_wait(),
 * which watches link_checker_fd() and waits at most link_checker_timeout().
 */
struct link_checker;

#define LINK_JOBS_DEFAULT 16
#define LINK_JOBS_MAX     64

struct link_checker_setup {
	struct bus *bus;
	struct clock *clock;
	struct http_client *client;
	int jobs; /* 0: LINK_JOBS_DEFAULT */

	/* Called after what was found of these bookmarks has been written down. May be NULL. */
	void (*recorded)(void *self, const int64_t *bookmarks, size_t count);
	void *self;
};

struct link_checker *link_checker_new(const struct link_checker_setup *setup); /* borrowed */
void link_checker_free(struct link_checker *checker); /* drops what is under way; NULL is fine */

/* One more to ask, at any time; url is copied. What is no address of the web is skipped. */
void link_checker_add(struct link_checker *checker, int64_t bookmark, const char *url);

/* Whether there is something to do or to wait for. */
bool link_checker_is_busy(const struct link_checker *checker);

int link_checker_timeout(const struct link_checker *checker); /* milliseconds; -1: never */
int link_checker_fd(const struct link_checker *checker);      /* to be read; -1: none */
void link_checker_step(struct link_checker *checker);

/* Asks no more; what was found is written down by the next step. */
void link_checker_stop(struct link_checker *checker);

/* How it stands; true if that has changed since the last call. */
bool link_checker_progress(struct link_checker *checker, struct links_progress *progress);

/*
 * The headless loop: until all is asked. tick, which may be NULL, is called several times a second;
 * a signal number in *stop ends it. How it ended, as progress.status has it too.
 */
enum status link_checker_run(struct link_checker *checker, const volatile sig_atomic_t *stop,
	void (*tick)(void *self), void *self);

/*
 * Whose turn it is to check the links of a library: one barky at a time, so that no host is asked
 * twice at once. It is a lock on FILE-links, which the system takes back whatever becomes of its
 * holder. {.fd = -1} has none.
 */
struct link_turn {
	int fd;
};

/*
 * REFUSED, with words, while another barky has it. path is the library's; of one without a file
 * (NULL) nobody else can have it.
 */
enum status link_turn_take(struct link_turn *turn, const char *path, struct error *error);
void link_turn_give(struct link_turn *turn); /* where it was taken; else nothing */

#endif
