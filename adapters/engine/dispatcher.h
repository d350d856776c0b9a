#ifndef ADAPTERS_ENGINE_DISPATCHER_H
#define ADAPTERS_ENGINE_DISPATCHER_H

#include <stdatomic.h>

#include "adapters/bootstrap.h"
#include "adapters/engine/browser_jobs.h"
#include "adapters/engine/check_job.h"
#include "adapters/engine/command_jobs.h"
#include "adapters/engine/engine_port.h"
#include "adapters/engine/poll_loop.h"
#include "adapters/engine/progress_slot.h"
#include "adapters/engine/reporter.h"
#include "adapters/engine/serve_job.h"
#include "adapters/engine/star_job.h"
#include "adapters/engine/title_jobs.h"
#include "adapters/http/http_client.h"
#include "adapters/schedule/due_work.h"
#include "adapters/system/config.h"

/*
 * Serves the screen's requests: one function a request, in a table. What takes long is a job,
 * begun here and answered when it is done.
 */
struct dispatcher {
	struct library *library;
	const struct config *config;
	struct http_client *http;
	struct reporter reporter;
	struct title_jobs titles;
	struct browser_jobs browsers;
	struct command_jobs commands;
	struct star_job stars;
	struct check_job check;
	struct serve_job serve;
	struct due_work *due;        /* work that comes round */
	const atomic_bool *stopping; /* ends what is long; NULL: nobody does */
	bool waiting;                /* for another program, as was told */
};

/* Borrows all it is given; posts its answers to reports, and how an import stands to progress. */
enum status dispatcher_init(struct dispatcher *dispatcher, struct library *library,
	const struct config *config, struct mailbox *reports, struct progress_slot *progress,
	struct error *error);
void dispatcher_finish(struct dispatcher *dispatcher);

/* Whatever of it goes on by itself takes part in this loop, which waits for dispatcher->http. */
void dispatcher_join(struct dispatcher *dispatcher, struct poll_loop *loop);

/* The newest rows, enough for a screen, then the whole library; then drops old trash. */
void dispatcher_open(struct dispatcher *dispatcher);

/* Looks whether another library is in the place of the one that is open; it is opened, shown, and
 * told of. True if one was. */
bool dispatcher_follow_place(struct dispatcher *dispatcher);

/* Takes the request; its answer goes to the reports, now or later. */
void dispatcher_serve(struct dispatcher *dispatcher, struct request *take);

/* Tells that a wait for another program is over, if one was told of; after whatever may wait. */
void dispatcher_settle(struct dispatcher *dispatcher);

/*
 * The screen is gone: ends what goes on by itself, the network with it. From now on only what
 * changes something, here or elsewhere, is served; the rest is dropped.
 */
void dispatcher_wind_up(struct dispatcher *dispatcher);

/* Whether a request is one that is served all the same then. */
bool request_changes_something(const struct request *request);

#endif
