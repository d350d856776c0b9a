#ifndef ADAPTERS_ENGINE_BROWSER_JOBS_H
#define ADAPTERS_ENGINE_BROWSER_JOBS_H

#include "adapters/engine/reporter.h"
#include "adapters/system/browser.h"

/*
 * Addresses opened in the browser while the engine goes on working: whether a browser failed shows
 * only after a while (browser_open() waits for that), so each job has a thread of its own, which
 * touches nothing but its own request and the mailbox.
 */
struct browser_job;

struct browser_jobs {
	struct browser browser; /* borrowed texts */
	struct reporter *reporter;
	struct browser_job *first;
};

void browser_jobs_start(struct browser_jobs *jobs, struct request *take);
void browser_jobs_finish(struct browser_jobs *jobs); /* waits for those under way */

#endif
