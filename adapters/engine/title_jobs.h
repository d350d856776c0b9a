#ifndef ADAPTERS_ENGINE_TITLE_JOBS_H
#define ADAPTERS_ENGINE_TITLE_JOBS_H

#include "adapters/engine/reporter.h"
#include "adapters/http/http_client.h"

/*
 * Titles of pages that the screen asked for, fetched while the engine goes on working. Each ends
 * with a REPORT_TEXT: the title, "" where the page has none or could not be had.
 */
struct title_job;

struct title_jobs {
	struct http_client *http; /* borrowed, as is the reporter */
	struct reporter *reporter;
	struct title_job *first; /* those under way */
};

void title_jobs_start(struct title_jobs *jobs, struct request *take);
void title_jobs_finish(struct title_jobs *jobs); /* cancels what is under way */

#endif
