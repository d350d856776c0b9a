#include "adapters/engine/title_jobs.h"

#include <stdlib.h>

#include "adapters/http/page_title.h"
#include "domain/base/memory.h"

struct title_job {
	struct title_jobs *all;
	struct title_job *next;
	struct page_title *page;
	struct request *request;
};

static void title_job_unlink(struct title_job *job)
{
	struct title_job **place = &job->all->first;

	while (*place != job)
		place = &(*place)->next;
	*place = job->next;
}

static void on_title(void *self, enum status status, const char *title, const struct error *error)
{
	struct title_job *job = self;

	(void)status;
	(void)error;
	reporter_send_text(job->all->reporter, job->request, title);
	title_job_unlink(job);
	free(job);
}

void title_jobs_start(struct title_jobs *jobs, struct request *take)
{
	struct title_job *job = memory_new(sizeof(*job));

	*job = (struct title_job){.all = jobs, .next = jobs->first, .request = take};
	jobs->first = job;
	job->page = page_title_ask(jobs->http, take->words[0], on_title, job);
}

void title_jobs_finish(struct title_jobs *jobs)
{
	struct title_job *next;

	for (struct title_job *job = jobs->first; job; job = next) {
		next = job->next;
		page_title_cancel(job->page);
		request_free(job->request);
		free(job);
	}
	jobs->first = NULL;
}
