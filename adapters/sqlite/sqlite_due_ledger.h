#ifndef ADAPTERS_SQLITE_SQLITE_DUE_LEDGER_H
#define ADAPTERS_SQLITE_SQLITE_DUE_LEDGER_H

#include "domain/schedule/due_job.h"

struct database;

/* Work that comes round, in SQLite: implements domain/schedule/due_job.h. The database is
 * borrowed. */
struct due_ledger *sqlite_due_ledger_new(struct database *database);
void sqlite_due_ledger_free(struct due_ledger *ledger);

#endif
