#ifndef DOMAIN_LINKS_LINKS_PROGRESS_H
#define DOMAIN_LINKS_LINKS_PROGRESS_H

#include "domain/base/error.h"
#include "domain/base/status.h"
#include "domain/links/link_look.h"

/* How a check of links stands, and at its end what it came to. */
struct links_progress {
	bool running;
	size_t total; /* to be asked, without those that are skipped from the start */
	size_t asked; /* whose answer is known, written down or not yet */
	struct link_counts counts;
	double seconds;
	long seconds_left;  /* -1: not known */
	enum status status; /* INTERRUPTED, NETWORK, or a failure of the library; OK so far */
	struct error error; /* why it ended before its end */
};

#endif
