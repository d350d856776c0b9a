#ifndef ADAPTERS_STARS_STAR_IMPORTER_H
#define ADAPTERS_STARS_STAR_IMPORTER_H

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "adapters/http/http_client.h"
#include "adapters/stars/forge_answer.h"
#include "domain/bus/bus.h"
#include "domain/stars/star_ledger.h"
#include "domain/stars/stars_progress.h"

struct config;

/* What an importer of stars works with. All of it is borrowed. */
struct star_importer_setup {
	struct bus *bus;
	struct signals *signals;
	struct clock *clock;
	struct http_client *client;
	struct star_ledger *ledger; /* for stars_progress.unfinished */
	const char *api;            /* base of the API; NULL: the forge's own or its variable's */

	const struct config *config; /* for the token, where the environment has none */

	/* A line for people: an item that was passed over, a wait. May be NULL. */
	void (*note)(void *self, const char *line);
	void *self;
};

/* What an import came to. */
struct star_summary {
	enum status status;
	char user[128];
	size_t pages;
	size_t fetched; /* added, updated, unchanged and skipped */
	struct counts counts;
	size_t requests;
	double seconds;
	struct forge_limit limit; /* as the last answer told it */
	int64_t again;            /* RATE_LIMITED: not before this time */
	int64_t change;
	struct error error;
};

/*
 * Fetches stars: a receiver of REQUEST_STARS, once nobody has refused it. It asks the forge for
 * pages by adapters/stars/star_plan.h, several at once, and hands BEGIN_STARS to the bus, each page
 * as TAKE_IN_STARS, then FINISH_STARS. One import at a time: a request meanwhile is refused.
 *
 * It runs inside the loop of whoever owns it: star_importer_step() after each http_client_wait(),
 * whose time is at most star_importer_timeout(). One step parses or stores at most one page.
 */
struct star_importer;

/*
 * Takes the token out of the environment at once, so that nothing started later inherits it. All
 * of setup is borrowed.
 */
struct star_importer *star_importer_new(const struct star_importer_setup *setup);
void star_importer_free(struct star_importer *importer); /* NULL is fine; ends an import */

bool star_importer_is_busy(const struct star_importer *importer);

/* Milliseconds until there is something to do without an answer: 0 now, -1 never. */
int star_importer_timeout(const struct star_importer *importer);
void star_importer_step(struct star_importer *importer);

/* Ends the import within a second: what arrived is stored, what is under way is dropped. */
void star_importer_stop(struct star_importer *importer);

/* How it stands; true if that changed since the last call. */
bool star_importer_progress(struct star_importer *importer, struct stars_progress *progress);

/* What the last import came to. */
const struct star_summary *star_importer_summary(const struct star_importer *importer);

/*
 * The headless loop: until the import that was requested has ended. tick, which may be NULL, is
 * called several times a second; a signal number in *stop ends it.
 */
enum status star_importer_run(struct star_importer *importer, const volatile sig_atomic_t *stop,
	void (*tick)(void *self), void *self);

#endif
