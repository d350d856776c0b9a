#ifndef ADAPTERS_SQLITE_CHANGE_HISTORY_H
#define ADAPTERS_SQLITE_CHANGE_HISTORY_H

#include "domain/bookmarks/bookmark_history.h"

struct database;

/*
 * The changes of one bookmark that stand (none that was undone), the latest first, at most so many.
 * now is the bookmark as it is; what it was is filled in from the journal, from there backwards.
 */
enum status change_history_read(struct database *database, const struct bookmark *now, size_t most,
	struct bookmark_history *history, struct error *error);

#endif
