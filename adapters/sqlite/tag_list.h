#ifndef ADAPTERS_SQLITE_TAG_LIST_H
#define ADAPTERS_SQLITE_TAG_LIST_H

#include <stdbool.h>

/* A tag looked for, without regard to case, in many lists "a,b" as the library keeps them. */
struct tag_wanted {
	char *folded;
	bool ascii;
};

void tag_wanted_init(struct tag_wanted *wanted, const char *tag);
void tag_wanted_finish(struct tag_wanted *wanted);
bool tag_list_has(const char *list, const struct tag_wanted *wanted);

#endif
