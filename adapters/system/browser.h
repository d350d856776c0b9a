#ifndef ADAPTERS_SYSTEM_BROWSER_H
#define ADAPTERS_SYSTEM_BROWSER_H

#include <stdbool.h>
#include <stddef.h>

#include "domain/base/error.h"
#include "domain/base/status.h"

/* How addresses are opened; {0} is the usual way. */
struct browser {
	const char *command;        /* of the configuration; NULL: $BROWSER, xdg-open ... */
	const char *const *schemes; /* beside http and https, e.g. "mailto"; lower case */
	size_t scheme_count;
	bool any_scheme;   /* whatever it is */
	bool has_terminal; /* a text browser may have ours, and is waited for */
};

/*
 * Opens addresses, in a program from the command, $BROWSER (a list, separated by colons, of which
 * the first that starts and does not fail within 2 s is taken; %s or %u in it stands for the
 * address, else that is put at the end), xdg-open, open or wslview. No shell sees them.
 *
 * STATUS_INVALID for one that is not http or https (or allowed above), or holds a control
 * character; then none is opened. STATUS_NOT_FOUND if there is no browser, STATUS_IO if it failed,
 * STATUS_REFUSED if it was a text browser's turn and there is no terminal for it.
 */
enum status browser_open(
	const struct browser *browser, const char *const *urls, size_t count, struct error *error);

/* Whether it would want the terminal for itself: the first that is there a text browser, or
 * whatever opens things where there is no display. */
bool browser_wants_terminal(const struct browser *browser);

#endif
