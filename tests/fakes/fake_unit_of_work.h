#ifndef TESTS_FAKE_UNIT_OF_WORK_H
#define TESTS_FAKE_UNIT_OF_WORK_H

#include "domain/bus/unit_of_work.h"
#include "tests/fakes/fake_catalogue.h"
#include "tests/fakes/fake_due_ledger.h"
#include "tests/fakes/fake_journal.h"
#include "tests/fakes/fake_library.h"
#include "tests/fakes/fake_repository.h"
#include "tests/fakes/fake_star_ledger.h"

/*
 * A unit of work, and every port beside it, over one library in memory. Hand &fake->port to the
 * bus and &fake->catalogue.port to readers; look at fake->library and at the counts afterwards.
 * A rollback brings everything back as it was at begin(), given ids included.
 */
struct fake_unit_of_work {
	struct unit_of_work port;
	struct fake_library library;
	struct fake_repository repository;
	struct fake_journal journal;
	struct fake_star_ledger stars;
	struct fake_due_ledger due;
	struct browser_ledger browsers; /* nothing ever came from one */
	struct fake_catalogue catalogue;
	struct fake_library before; /* as it was at begin() */
	bool open;
	size_t begun; /* how often each was called and went well */
	size_t committed;
	size_t rolled_back;
	enum status begin_failure;  /* unless it is OK, begin() fails with it */
	enum status commit_failure; /* likewise commit(), which then has rolled back */
};

struct fake_unit_of_work *fake_unit_of_work_new(void);
void fake_unit_of_work_free(struct fake_unit_of_work *work);

#endif
