#ifndef TUI_SAVED_SEARCHES_H
#define TUI_SAVED_SEARCHES_H

#include <stddef.h>

/* Filters that have a name, in the order of the configuration. */
struct saved_search {
	char *name;
	char *query;
};

struct saved_searches {
	struct saved_search *all;
	size_t count;
	size_t capacity;
};

/* Copied; in the place of one of that name. */
void saved_searches_put(struct saved_searches *searches, const char *name, const char *query);
void saved_searches_finish(struct saved_searches *searches);

/* The query of just this name; "" if there is none. */
const char *saved_searches_find(const struct saved_searches *searches, const char *name);

#endif
