#ifndef TUI_HINTS_H
#define TUI_HINTS_H

#include <stddef.h>

#include "tui/action.h"

#define HINTS_MAX 24

/* A key's name and word in the last line, where a click does what the key does. */
struct hint {
	int from, to; /* columns */
	enum action action;
};

/* Those in the last line, as it was drawn. {0}: none yet. */
struct hints {
	struct hint all[HINTS_MAX];
	size_t count;
};

void hints_clear(struct hints *hints);
void hints_add(struct hints *hints, int from, int to, enum action action); /* to: the one behind */

/* What a click on a column asks for; ACTION_NONE beside them. */
enum action hints_at(const struct hints *hints, int column);

#endif
