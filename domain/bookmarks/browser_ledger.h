#ifndef DOMAIN_BOOKMARKS_BROWSER_LEDGER_H
#define DOMAIN_BOOKMARKS_BROWSER_LEDGER_H

#include <stddef.h>
#include <stdint.h>

#include "domain/base/status.h"

/* One reading of one profile of a browser: 1 is the first. */
struct browser_run {
	int64_t profile;
	int64_t number;
};

/*
 * Port: which entries of which browser's profile led to which bookmarks, inside a unit of work. An
 * entry is named by what the browser calls it (a GUID), or by its address where it has no name.
 * What a run does not see was deleted in the browser.
 */
struct browser_ledger {
	/*
	 * Begins a run over a profile, which is remembered with the first. browser is "firefox",
	 * profile its path.
	 */
	enum status (*begin)(struct browser_ledger *ledger, const char *browser,
		const char *profile, struct browser_run *found);

	/*
	 * The bookmark that an entry led to, seen earlier; NOT_FOUND. It is 0 once the user dropped
	 * it for good: the entry is not to come back.
	 */
	enum status (*find)(struct browser_ledger *ledger, const struct browser_run *run,
		const char *entry, int64_t *bookmark);

	/* This run has seen an entry, which leads to this bookmark. */
	enum status (*see)(struct browser_ledger *ledger, const struct browser_run *run,
		const char *entry, int64_t bookmark);

	/*
	 * Ends a run that has seen everything: what it did not see is gone from this profile. Gives
	 * the bookmarks of what went just now, each once; the caller frees them.
	 */
	enum status (*finish)(struct browser_ledger *ledger, const struct browser_run *run,
		int64_t **bookmarks, size_t *count);

	/* The user dropped this bookmark for good: its entries lead to 0 from now on. */
	enum status (*tombstone)(struct browser_ledger *ledger, int64_t bookmark);

	/* OK if an entry of any profile that is not gone leads to this bookmark; NOT_FOUND. */
	enum status (*holds)(struct browser_ledger *ledger, int64_t bookmark);
};

#endif
