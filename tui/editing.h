#ifndef TUI_EDITING_H
#define TUI_EDITING_H

#include <stddef.h>

#include "domain/command.h"

/*
 * Port: the user's own editor, run in the foreground on a text form of some bookmarks, while the
 * screen has given the terminal back. On STATUS_OK edits holds what was changed (an array of
 * count, none if nothing was), until the next call or the end of editing.
 */
struct editing {
	enum status (*edit)(struct editing *editing, const struct bookmark *bookmarks,
		size_t bookmark_count, const struct bookmark_edit **edits, size_t *count,
		struct reason *reason);
};

#endif
