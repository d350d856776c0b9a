#ifndef ADAPTERS_SQLITE_SQLITE_STAR_LEDGER_H
#define ADAPTERS_SQLITE_SQLITE_STAR_LEDGER_H

#include "domain/stars/star_ledger.h"

struct database;

/* Implements domain/stars/star_ledger.h on the library, inside whatever transaction is open. */
struct star_ledger *sqlite_star_ledger_new(struct database *database);
void sqlite_star_ledger_free(struct star_ledger *ledger); /* NULL is nothing */

#endif
