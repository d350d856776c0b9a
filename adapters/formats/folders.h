#ifndef ADAPTERS_FORMATS_FOLDERS_H
#define ADAPTERS_FORMATS_FOLDERS_H

#include <stdbool.h>
#include <stddef.h>

#include "adapters/formats/record.h"

/* The folders that are open around a bookmark; { 0 } is none. A folder without a name is there,
 * and is no tag. */
struct folders {
	char **names;
	size_t count;
	size_t capacity;
	struct tag_set tags; /* of all of them */
	bool is_stale;       /* so these have to be gathered again */
};

void folders_finish(struct folders *folders);
void folders_enter(struct folders *folders, const char *name); /* NULL: none */
void folders_leave(struct folders *folders); /* nothing is open: nothing happens */
void folders_add_to(struct folders *folders, struct record *record);

/*
 * The names that browsers give to their own root folders: the bar, the menu, "other bookmarks",
 * those of the phone. Whatever the case.
 */
bool folder_is_root(const char *name);

#endif
