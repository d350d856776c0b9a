#ifndef ADAPTERS_ENGINE_COMMAND_JOBS_H
#define ADAPTERS_ENGINE_COMMAND_JOBS_H

#include "adapters/bootstrap.h"
#include "adapters/engine/poll_loop.h"
#include "adapters/engine/reporter.h"

/*
 * The user's own programs in the background: started out of reach of the terminal, and looked
 * after until they end, so that one that fails says so. At the end of barky those that still run
 * are left alone. Takes part in the engine's poll_loop by the last three.
 */
struct command_job;

struct command_jobs {
	struct library *library; /* borrowed */
	struct reporter *reporter;
	struct command_job *first;
};

/* words[0] is the command as the configuration has it, ids are the bookmarks in their order. */
void command_jobs_start(struct command_jobs *jobs, struct request *take);
void command_jobs_finish(struct command_jobs *jobs);

void command_jobs_prepare(void *self, struct poll_loop *loop);
int command_jobs_timeout(void *self);
void command_jobs_turn(void *self, const struct pollfd *fds, size_t count);

#endif
