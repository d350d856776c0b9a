#ifndef ADAPTERS_SQLITE_CHANGE_WALK_H
#define ADAPTERS_SQLITE_CHANGE_WALK_H

#include "domain/bookmarks/journal.h"

struct database;

/*
 * A walk through the images of one change. Of an edited bookmark only what differed is stored; the
 * rest of both sides is filled in from what the bookmark is now.
 */
struct change_walk {
	struct database *database;
	struct repository *bookmarks;
	change_image_fn visit; /* it may record */
	void *self;
};

enum status change_walk_run(struct change_walk *walk, int64_t change, bool latest_first);

#endif
