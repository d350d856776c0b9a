#ifndef ADAPTERS_SQLITE_SQLITE_BROWSER_LEDGER_H
#define ADAPTERS_SQLITE_SQLITE_BROWSER_LEDGER_H

#include "domain/bookmarks/browser_ledger.h"

struct database;

/* What was imported from browsers, in SQLite: implements domain/bookmarks/browser_ledger.h. The
 * database is borrowed. */
struct browser_ledger *sqlite_browser_ledger_new(struct database *database);
void sqlite_browser_ledger_free(struct browser_ledger *ledger);

#endif
