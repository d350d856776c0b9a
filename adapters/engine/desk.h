#ifndef ADAPTERS_ENGINE_DESK_H
#define ADAPTERS_ENGINE_DESK_H

#include "adapters/bootstrap.h"
#include "adapters/system/config.h"
#include "adapters/engine/desk_stars.h"
#include "adapters/system/hooks.h"
#include "adapters/http/http_client.h"
#include "adapters/engine/open_errands.h"
#include "adapters/engine/progress_slot.h"
#include "adapters/engine/reporter.h"
#include "adapters/engine/title_errands.h"
#include "domain/engine.h"

/*
 * Where the engine serves the screen's requests: one function a request, in a table. What takes
 * long is begun here and answered when it is done.
 */
struct desk {
	struct library *library;
	struct http_client *http;
	struct reporter reporter;
	struct title_errands titles;
	struct open_errands openings;
	struct desk_stars stars;
	struct hooks *hooks; /* NULL: there are none */
	bool hooks_running;
};

/* Borrows all it is given; posts its answers to reports, and how an import stands to progress. */
enum status desk_init(struct desk *desk, struct library *library, const struct config *config,
	struct mailbox *reports, struct progress_slot *progress, struct error *error);
void desk_finish(struct desk *desk);

/* The newest rows, enough for a screen, then the whole library; then drops old trash. */
void desk_open(struct desk *desk);

void desk_serve(struct desk *desk, const struct request *request);

/* Milliseconds until desk_turn() is due, -1 if nothing is. It does what is due, and no more. */
int desk_timeout(const struct desk *desk);
void desk_turn(struct desk *desk);

#endif
