#ifndef ADAPTERS_SQLITE_CHANGE_FORGET_H
#define ADAPTERS_SQLITE_CHANGE_FORGET_H

#include <stdint.h>

#include "domain/base/status.h"

struct database;
struct made_runs;

/* Takes a bookmark out of every change, and those changes away that have none left. */
enum status change_forget(struct database *database, struct made_runs *runs, int64_t bookmark);

#endif
