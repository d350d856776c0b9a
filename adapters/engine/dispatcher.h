#ifndef ADAPTERS_ENGINE_DISPATCHER_H
#define ADAPTERS_ENGINE_DISPATCHER_H

#include <poll.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

#include "adapters/bootstrap.h"
#include "adapters/engine/engine_port.h"
#include "adapters/engine/poll_loop.h"
#include "adapters/engine/progress_slot.h"
#include "adapters/engine/reporter.h"
#include "adapters/http/http_client.h"
#include "adapters/links/link_checker.h"
#include "adapters/schedule/due_work.h"
#include "adapters/stars/star_importer.h"
#include "adapters/system/config.h"

/*
 * How often it is told how something stands: at most ten times a second, however often it changes,
 * and the last word always. {0} has told nothing yet.
 */
struct pace {
	int64_t told_at; /* monotonic ms */
	bool untold;     /* there is something new */
};

/* The import of stars: its steps among the screen's requests, told in the progress slot. */
struct star_job {
	struct star_importer *importer;
	struct stars_progress latest;
	enum stars_phase told_phase;
	struct pace pace;
};

/* A check of links, likewise. */
struct check_job {
	struct link_turn turn;
	struct link_checker *checker; /* NULL: none is under way */
	struct pace pace;
};

/*
 * Serves the screen's requests: one function a request, in a table (dispatcher.c). What takes long
 * is a job (jobs.c), begun here and answered when it is done.
 */
struct dispatcher {
	struct library *library;
	const struct config *config;
	struct http_client *http;
	struct reporter reporter;
	struct mailbox *reports;        /* woken when there is a new word in the slot */
	struct progress_slot *progress; /* how the import of stars and a check of links stand */
	struct poll_loop *loop;
	struct star_job stars;
	struct check_job check;
	struct title_job *titles; /* under way, as are the next two */
	struct browser_job *browsers;
	struct command_job *commands;
	struct http_api *api;        /* NULL: it does not serve */
	char served_at[80];          /* where it listens, "127.0.0.1:9090" */
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

/* ---- jobs: self is the dispatcher in what takes part in the loop, as struct poll_source has it */

void star_job_init(struct dispatcher *dispatcher);
void star_job_finish(struct dispatcher *dispatcher);
int star_job_timeout(void *self);
void star_job_turn(void *self);

/* REFUSED while one is under way, here or in another barky; NOT_FOUND if none is there any more. */
enum status check_job_start(
	struct dispatcher *dispatcher, const int64_t *bookmarks, size_t count, struct error *error);

/* Ends it; what was asked is kept, unless another library has taken the place of this one. */
void check_job_stop(struct dispatcher *dispatcher);
void check_job_drop(struct dispatcher *dispatcher);
void check_job_prepare(void *self, struct poll_loop *loop);
int check_job_timeout(void *self);
void check_job_turn(void *self);

/*
 * The title of a page, fetched while the engine goes on working. It ends with a REPORT_TEXT: the
 * title, "" where the page has none or could not be had. Finishing cancels what is under way.
 */
void title_job_start(struct dispatcher *dispatcher, struct request *take);
void title_jobs_finish(struct dispatcher *dispatcher);

/*
 * Addresses opened in the browser: whether a browser failed shows only after a while
 * (browser_open() waits for that), so each job has a thread of its own, which touches nothing but
 * its own request and the mailbox. Finishing waits for those under way.
 */
void browser_job_start(struct dispatcher *dispatcher, struct request *take);
void browser_jobs_finish(struct dispatcher *dispatcher);

/*
 * A program of the user's in the background: started out of reach of the terminal, and looked
 * after until it ends, so that one that fails says so. words[0] is the command as the configuration
 * has it, ids are the bookmarks in their order. At the end of barky those that still run are left
 * alone.
 */
void command_job_start(struct dispatcher *dispatcher, struct request *take);
void command_jobs_finish(struct dispatcher *dispatcher);
void command_jobs_prepare(void *self, struct poll_loop *loop);
int command_jobs_timeout(void *self);
void command_jobs_turn(void *self);

/*
 * The library over HTTP while a screen is open (adapters/http_api), in the engine's own wait. where
 * is ADDRESS:PORT or a part of it, "" for what "barky serve" takes by itself; only addresses of
 * this machine. If it serves already it goes on as it does.
 */
enum status serve_job_start(struct dispatcher *dispatcher, const char *where, struct error *error);
void serve_job_stop(struct dispatcher *dispatcher); /* one that does not serve is fine */

/* Another program has changed the library: who follows the log is told. */
void serve_job_notify(struct dispatcher *dispatcher);

#endif
