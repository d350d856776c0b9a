#ifndef ADAPTERS_ENGINE_STAR_JOB_H
#define ADAPTERS_ENGINE_STAR_JOB_H

#include <poll.h>

#include "adapters/bootstrap.h"
#include "adapters/system/config.h"
#include "adapters/http/http_client.h"
#include "adapters/engine/mailbox.h"
#include "adapters/engine/pace.h"
#include "adapters/engine/progress_slot.h"
#include "adapters/stars/star_importer.h"

/*
 * The import of stars inside the engine: its steps among the screen's requests, and how it stands
 * in the progress slot.
 */
struct star_job {
	const struct config *config;
	struct star_importer *importer;
	struct progress_slot *slot;
	struct mailbox *reports; /* woken when there is a new word in the slot */
	struct stars_progress latest;
	enum stars_phase told_phase;
	struct pace pace;
};

void star_job_init(struct star_job *job, struct library *library, const struct config *config,
	struct http_client *client);
void star_job_finish(struct star_job *job);

/* Its part in the loop, as a struct poll_source has it. */
int star_job_timeout(void *self);
void star_job_turn(void *self, const struct pollfd *fds, size_t count);

#endif
