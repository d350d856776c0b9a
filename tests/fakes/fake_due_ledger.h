#ifndef TESTS_FAKE_DUE_LEDGER_H
#define TESTS_FAKE_DUE_LEDGER_H

#include "domain/schedule/due_job.h"

/* Work that comes round, in memory: a few jobs. Copies as a whole, which is how a rollback works
 * here. */
struct fake_due_ledger {
	struct due_ledger port;
	struct due_job jobs[8];
	struct due_job before[8]; /* as they were at begin() */
};

void fake_due_ledger_init(struct fake_due_ledger *ledger);
void fake_due_ledger_begin(struct fake_due_ledger *ledger);
void fake_due_ledger_rollback(struct fake_due_ledger *ledger);

#endif
