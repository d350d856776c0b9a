#ifndef TUI_DEMO_H
#define TUI_DEMO_H

#include "domain/bookmarks/bookmark_source.h"

/*
 * The sample library of --demo: a few dozen well-known addresses, with dates that go back from
 * now, as a source of bookmarks. {0} with now set is at the beginning.
 */
struct demo {
	struct bookmark_source source; /* first, so that it is the demo */
	size_t next;
	int64_t now;
	struct bookmark bookmark; /* the sample that is lent */
};

void demo_init(struct demo *demo, int64_t now);
void demo_finish(struct demo *demo);

#endif
