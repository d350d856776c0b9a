#include "tui/hints.h"

void hints_clear(struct hints *hints)
{
	hints->count = 0;
}

void hints_add(struct hints *hints, int from, int to, enum action action)
{
	if (hints->count < HINTS_MAX)
		hints->all[hints->count++] = (struct hint){from, to, action};
}

enum action hints_at(const struct hints *hints, int column)
{
	for (size_t i = 0; i < hints->count; i++) {
		if (column >= hints->all[i].from && column < hints->all[i].to)
			return hints->all[i].action;
	}
	return ACTION_NONE;
}
