#ifndef ADAPTERS_ENGINE_OPEN_ERRANDS_H
#define ADAPTERS_ENGINE_OPEN_ERRANDS_H

#include "adapters/system/browser.h"
#include "adapters/engine/reporter.h"

/*
 * Addresses opened in the browser while the engine goes on working: whether a browser failed shows
 * only after a while (browser_open() waits for that), so each errand has a thread of its own,
 * which touches nothing but its own addresses and the mailbox. One that failed ends with a
 * REPORT_TROUBLE, the others with nothing.
 */
struct open_errand;

struct open_errands {
	struct browser browser; /* lent texts */
	struct reporter *reporter;
	struct open_errand *first;
};

void open_errands_send(struct open_errands *errands, char *const *urls, size_t count,
	bool any_scheme, uint64_t token);
void open_errands_finish(struct open_errands *errands); /* waits for those under way */

#endif
