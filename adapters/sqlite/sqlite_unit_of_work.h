#ifndef ADAPTERS_SQLITE_SQLITE_UNIT_OF_WORK_H
#define ADAPTERS_SQLITE_SQLITE_UNIT_OF_WORK_H

#include "domain/bus/unit_of_work.h"

struct database;

/*
 * One transaction on the library: implements domain/bus/unit_of_work.h, with the repository, the
 * journal, the star ledger, the links and what came from browsers in it. The database is borrowed.
 */
struct unit_of_work *sqlite_unit_of_work_new(struct database *database);
void sqlite_unit_of_work_free(struct unit_of_work *work);

#endif
