#ifndef ADAPTERS_SYSTEM_EDITOR_H
#define ADAPTERS_SYSTEM_EDITOR_H

#include <stdbool.h>

#include "domain/base/error.h"
#include "domain/base/status.h"

/* What comes back from an editor is not to be larger than this. */
#define EDITOR_MAX_BYTES (1 << 20)

struct editing {
	const char *text; /* to begin with; lent */

	/* Whether what was written can be used; reason names the line that cannot. May be NULL. */
	enum status (*check)(void *self, const char *text, struct error *error);

	/* It could not: open the editor on it again? NULL: no. */
	bool (*again)(void *self, const struct error *why);
	void *self;
};

/*
 * Opens $VISUAL, $EDITOR or vi on a text, and waits. The file is 0600, in a private folder, and
 * read again by name afterwards, as editors put a new file in its place. *edited is the caller's,
 * NULL if the text came back empty or as it was, which means that nothing is wanted.
 *
 * If anything fails, a check included, the file stays where it is and reason names it, so that no
 * typing is lost; else it is removed.
 */
enum status editor_edit(const struct editing *editing, char **edited, struct error *error);

#endif
