#ifndef DOMAIN_BUS_UNIT_OF_WORK_H
#define DOMAIN_BUS_UNIT_OF_WORK_H

#include "domain/bookmarks/browser_ledger.h"
#include "domain/bookmarks/journal.h"
#include "domain/bookmarks/link_store.h"
#include "domain/base/error.h"
#include "domain/bookmarks/repository.h"
#include "domain/schedule/due_job.h"
#include "domain/stars/star_ledger.h"

/*
 * Port: one transaction on the library. begin() takes the write lock at once (and waits for
 * another program that holds it, at most 10 s: BUSY); after commit() returned OK the change
 * survives a power cut. A commit that fails has rolled back.
 */
struct unit_of_work {
	struct repository *bookmarks;
	struct journal *journal;
	struct star_ledger *stars;
	struct link_store *links;
	struct browser_ledger *browsers;
	struct due_ledger *due;
	enum status (*begin)(struct unit_of_work *work, struct error *error);
	enum status (*commit)(struct unit_of_work *work, struct error *error);
	void (*rollback)(struct unit_of_work *work);
};

#endif
