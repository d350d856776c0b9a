#include "adapters/engine/browser_jobs.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "domain/base/memory.h"

struct browser_job {
	struct browser_job *next;
	struct reporter *reporter;
	struct browser browser;
	struct request *request; /* NULL once it is answered */
	pthread_t thread;
	atomic_bool over;
};

static void browser_job_answer(struct browser_job *job, enum status status, struct error *error)
{
	struct request *request = job->request;

	job->request = NULL;
	if (status == STATUS_OK)
		reporter_send_done(job->reporter, request);
	else
		reporter_send_error(job->reporter, request, status, error);
}

static void *browser_job_run(void *self)
{
	struct browser_job *job = self;
	struct error error = {0};
	enum status status = browser_open(&job->browser, (const char *const *)job->request->words,
		job->request->word_count, &error);

	browser_job_answer(job, status, &error);
	atomic_store(&job->over, true);
	return NULL;
}

/* Joins those that are over, or all of them. */
static void reap_browser_jobs(struct browser_jobs *jobs, bool all)
{
	struct browser_job **place = &jobs->first;

	while (*place) {
		struct browser_job *job = *place;

		if (!all && !atomic_load(&job->over)) {
			place = &job->next;
			continue;
		}
		pthread_join(job->thread, NULL);
		*place = job->next;
		free(job);
	}
}

void browser_jobs_start(struct browser_jobs *jobs, struct request *take)
{
	struct browser_job *job = memory_new(sizeof(*job));

	reap_browser_jobs(jobs, false);
	job->reporter = jobs->reporter;
	job->browser = jobs->browser;
	job->browser.any_scheme = take->flag;
	job->request = take;
	if (pthread_create(&job->thread, NULL, browser_job_run, job) != 0) {
		browser_job_answer(job, STATUS_IO, NULL);
		free(job);
		return;
	}
	job->next = jobs->first;
	jobs->first = job;
}

void browser_jobs_finish(struct browser_jobs *jobs)
{
	reap_browser_jobs(jobs, true);
}
