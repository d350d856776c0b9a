#ifndef ADAPTERS_SCHEDULE_DUE_ROUND_H
#define ADAPTERS_SCHEDULE_DUE_ROUND_H

#include "adapters/bootstrap.h"
#include "adapters/http/http_client.h"
#include "adapters/schedule/schedule.h"
#include "adapters/stars/star_importer.h"
#include "domain/base/buffer.h"

/*
 * One round of a job: what it does each time it is due, a little with every step, inside the loop
 * of whoever owns it. One maker a job; the round answers by the functions in it.
 */
struct due_round;

struct due_round_setup {
	struct library *library; /* all of it is borrowed */
	struct http_client *client;
	struct star_importer *stars; /* stepped by its owner */
	const struct schedule *schedule;
	bool (*is_stopped)(void *self); /* ends what cannot be cut into steps; may be NULL */
	void *self;
};

struct due_round {
	bool (*step)(struct due_round *round);   /* false: it is over */
	int (*timeout)(struct due_round *round); /* ms to the next step, -1: as it comes; NULL: 0 */
	int (*fd)(struct due_round *round);      /* to be read; NULL: none */
	void (*stop)(struct due_round *round);   /* it is over with the next steps, INTERRUPTED */
	void (*finish)(struct due_round *round);
	struct due_round_setup setup;

	/* What it came to: the first trouble there was, and words for what was done. */
	enum status status;
	struct error error;
	struct buffer words;
	int64_t not_before; /* a limit spoke: not to be tried again earlier; 0: none */
};

struct due_round *browser_round_new(const struct due_round_setup *setup);
struct due_round *star_round_new(const struct due_round_setup *setup);
struct due_round *link_round_new(const struct due_round_setup *setup);

void due_round_free(struct due_round *round); /* NULL is fine */

/* The first trouble stays; "NAME: why" where a name is given. */
void due_round_fail(
	struct due_round *round, enum status status, const char *name, const struct error *why);

#endif
