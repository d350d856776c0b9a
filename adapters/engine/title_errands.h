#ifndef ADAPTERS_ENGINE_TITLE_ERRANDS_H
#define ADAPTERS_ENGINE_TITLE_ERRANDS_H

#include "adapters/http/http_client.h"
#include "adapters/engine/reporter.h"

/*
 * Titles of pages that the screen asked for, fetched while the engine goes on working. Each ends
 * with a REPORT_TEXT: the title, "" where the page has none or could not be had.
 */
struct title_errand;

struct title_errands {
	struct http_client *http; /* borrowed, as is the reporter */
	struct reporter *reporter;
	struct title_errand *first; /* those under way */
};

void title_errands_send(struct title_errands *errands, const char *url, uint64_t token);
void title_errands_finish(struct title_errands *errands); /* cancels what is under way */

#endif
