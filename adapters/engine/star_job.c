#include "adapters/engine/star_job.h"

#include "adapters/stars/forge_token.h"

static char *ask_token_command(void *self, struct error *error)
{
	return forge_token_ask(((struct star_job *)self)->config, error);
}

static void tell_progress(struct star_job *job)
{
	bool changed = star_importer_progress(job->importer, &job->latest);

	if (!pace_turn(&job->pace, changed, job->latest.phase != job->told_phase))
		return;
	progress_slot_put(job->slot, &job->latest);
	mailbox_wake(job->reports);
	job->told_phase = job->latest.phase;
}

void star_job_init(struct star_job *job, struct library *library, const struct config *config,
	struct http_client *client)
{
	struct star_importer_setup setup = {
		.bus = library->bus,
		.signals = &library->signals,
		.clock = &library->clock,
		.client = client,
		.ledger = library->work->stars,
		.token_command = ask_token_command,
		.self = job,
	};

	job->config = config;
	job->importer = star_importer_new(&setup);
	tell_progress(job); /* what an earlier run has left unfinished */
}

void star_job_finish(struct star_job *job)
{
	star_importer_free(job->importer);
	job->importer = NULL;
}

int star_job_timeout(void *self)
{
	const struct star_job *job = self;
	int timeout = star_importer_timeout(job->importer);
	int untold = pace_timeout(&job->pace);

	return timeout < 0 || (untold >= 0 && untold < timeout) ? untold : timeout;
}

void star_job_turn(void *self, const struct pollfd *fds, size_t count)
{
	struct star_job *job = self;

	(void)fds;
	(void)count;
	star_importer_step(job->importer);
	tell_progress(job);
}
