#ifndef ADAPTERS_STARS_STAR_SLOT_H
#define ADAPTERS_STARS_STAR_SLOT_H

#include "adapters/http/http_client.h"
#include "adapters/stars/star_batch.h"
#include "adapters/stars/star_plan.h"

struct star_importer;

/* One page on its way from the plan to the library. Private to the importer. */
enum star_slot_state {
	SLOT_FREE,
	SLOT_WAITING, /* to be asked for, not before when */
	SLOT_FLYING,  /* asked for */
	SLOT_ARRIVED, /* body is there */
	SLOT_READY    /* batch and facts are: it waits for its turn */
};

struct star_slot {
	enum star_slot_state state;
	struct star_importer *importer; /* whose it is, for the answer */
	struct http_exchange *exchange;
	struct star_order order;
	bool who;  /* not a page: who owns the token? */
	char *url; /* after redirects */
	int redirects;
	int failures;
	long long when; /* milliseconds on the monotonic clock */
	char *body;
	size_t length;
	char *next; /* links of the answer, which facts lends */
	char *before;
	struct star_facts facts;
	struct star_batch batch;
};

/* Drops what came of the last try; url and order stay. */
void star_slot_clear(struct star_slot *slot);

/* Makes it free, whatever it held. Its exchange is over or cancelled. */
void star_slot_release(struct star_slot *slot);

#endif
