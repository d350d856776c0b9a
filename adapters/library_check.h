#ifndef ADAPTERS_LIBRARY_CHECK_H
#define ADAPTERS_LIBRARY_CHECK_H

#include "adapters/database.h"

/*
 * Reads the whole library: the file itself, by SQLite's own integrity check, and what barky relies
 * on, that every address is kept under its normal form. STATUS_DAMAGED, with the first thing that
 * is wrong and what to do; what the database answers else. Nothing is changed.
 */
enum status library_check(struct database *database, struct reason *reason);

#endif
