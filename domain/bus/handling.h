#ifndef DOMAIN_BUS_HANDLING_H
#define DOMAIN_BUS_HANDLING_H

#include "domain/bus/event_queue.h"
#include "domain/bus/result.h"
#include "domain/bus/unit_of_work.h"

/* What a handler works with: lent by the bus for one command, inside a begun unit of work. */
struct handling {
	struct repository *bookmarks;
	struct journal *journal;
	struct star_ledger *stars;
	struct link_store *links;
	struct browser_ledger *browsers;
	struct due_ledger *due;
	struct event_queue *events; /* what happened is recorded here */
	struct result *result;      /* what the asker hears */
	enum command_type command;
	const char *subject; /* of the change, once one is opened */
	int64_t joins;       /* the change to become part of; 0 for a new one */
	bool must_join;      /* never a new one in its place */
	int64_t now;
	bool rehearsal; /* set by a handler: roll back, tell nobody, and yet answer OK */
};

#endif
