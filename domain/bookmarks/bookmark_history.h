#ifndef DOMAIN_BOOKMARKS_BOOKMARK_HISTORY_H
#define DOMAIN_BOOKMARKS_BOOKMARK_HISTORY_H

#include "domain/bookmarks/bookmark.h"
#include "domain/bus/command.h"

/* What one change did to one bookmark. */
struct bookmark_change {
	int64_t change;
	int64_t at;
	enum command_type command;
	size_t newer; /* changes of the library that came after it, and that undo takes back first
		       */
	bool made;    /* it came into being; before is empty */
	struct bookmark before;
	struct bookmark after;
};

/* {0} is empty. */
struct bookmark_history {
	struct bookmark_change *changes; /* the latest first */
	size_t count;
	size_t capacity;
};

/* The new last one, empty. */
struct bookmark_change *bookmark_history_add(struct bookmark_history *history);
void bookmark_history_finish(struct bookmark_history *history);

/* What it did, in words: "title, tags +c -old"; yours to free. */
char *bookmark_change_describe(const struct bookmark_change *change);

#endif
