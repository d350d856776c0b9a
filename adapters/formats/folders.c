#include "adapters/formats/folders.h"

#include <stdlib.h>
#include <strings.h>

#include "domain/base/memory.h"

void folders_finish(struct folders *folders)
{
	while (folders->count > 0)
		folders_leave(folders);
	free(folders->names);
	tag_set_finish(&folders->tags);
	*folders = (struct folders){0};
}

void folders_enter(struct folders *folders, const char *name)
{
	folders->names = memory_grow(
		folders->names, folders->count, &folders->capacity, sizeof(*folders->names));
	folders->names[folders->count++] = name ? memory_copy_string(name) : NULL;
	folders->is_stale = true;
}

void folders_leave(struct folders *folders)
{
	if (folders->count > 0)
		free(folders->names[--folders->count]);
	folders->is_stale = true;
}

static void folders_gather(struct folders *folders)
{
	tag_set_clear(&folders->tags);
	for (size_t i = 0; i < folders->count; i++)
		if (folders->names[i])
			record_split_tags(&folders->tags, folders->names[i], ",");
	folders->is_stale = false;
}

void folders_add_to(struct folders *folders, struct record *record)
{
	if (folders->is_stale)
		folders_gather(folders);
	tag_set_unite(&record->bookmark.tags, &folders->tags);
}

bool folder_is_root(const char *name)
{
	static const char *const names[] = {"Bookmarks bar", "Bookmarks toolbar", "Bookmarks menu",
		"Other bookmarks", "Unsorted bookmarks", "Unfiled bookmarks", "Mobile bookmarks",
		"Synced bookmarks", "Favorites bar", "Favourites bar", "Other favorites",
		"Other favourites", "Mobile favorites", "Mobile favourites", "BookmarksBar",
		"BookmarksMenu", "Bookmarks Toolbar Folder", "Personal Toolbar Folder"};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcasecmp(names[i], name) == 0)
			return true;
	return false;
}
