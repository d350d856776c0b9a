#include "domain/bookmarks/link.h"

#include <stdlib.h>
#include <string.h>

#include "domain/base/memory.h"

static const char *const names[] = {
	[LINK_UNCHECKED] = "unchecked",
	[LINK_OK] = "ok",
	[LINK_MOVED] = "moved",
	[LINK_FAILING] = "failing",
	[LINK_DEAD] = "dead",
};

_Static_assert(sizeof(names) / sizeof(*names) == LINK_STATES, "every state has a name");

const char *link_state_name(enum link_state state)
{
	return (unsigned)state < LINK_STATES ? names[state] : names[LINK_UNCHECKED];
}

bool link_state_of(const char *name, enum link_state *state)
{
	for (size_t i = 0; i < LINK_STATES; i++)
		if (strcmp(names[i], name) == 0) {
			*state = (enum link_state)i;
			return true;
		}
	return false;
}

void bookmark_link_finish(struct bookmark_link *link)
{
	free(link->url);
	free(link->reason);
	*link = (struct bookmark_link){0};
}

void bookmark_link_copy(struct bookmark_link *to, const struct bookmark_link *from)
{
	struct bookmark_link copy = *from;

	if (to == from)
		return;
	copy.url = from->url ? memory_copy_string(from->url) : NULL;
	copy.reason = from->reason ? memory_copy_string(from->reason) : NULL;
	bookmark_link_finish(to);
	*to = copy;
}
