#ifndef ADAPTERS_SYSTEM_EDITOR_H
#define ADAPTERS_SYSTEM_EDITOR_H

#include <stdbool.h>

#include "domain/base/error.h"
#include "domain/base/status.h"

/* What comes back from an editor is not to be larger than this. */
#define EDITOR_MAX_BYTES (64 << 20)

struct editing {
	const char *text; /* to begin with; lent */

	/* Whether what was written can be used; error names the line that cannot. May be NULL. */
	enum status (*check)(void *self, const char *text, struct error *error);

	/* It could not: open the editor on it again? NULL: no. */
	bool (*again)(void *self, const struct error *why);
	void *self;
};

/* What came back; both NULL if nothing is wanted. */
struct edited {
	char *text;
	char *draft; /* the file that holds it, until its outcome is known */
};

/*
 * Opens $VISUAL, $EDITOR or vi on a text, and waits. The file is 0600, in a private folder, and
 * read again by name afterwards, as editors put a new file in its place. Nothing is wanted if the
 * text came back empty or as it was, or if the file is gone. Lines that all end in CR LF, and a
 * byte order mark, are the editor's way of writing, and taken off; the rest is as it was written.
 *
 * No typing is lost: if anything fails, a check included, a file that holds something typed stays
 * where it is and error names it. After success it stays too: the caller ends with
 * editor_remove_draft() once the text is stored, or with editor_name_draft() where it cannot be.
 */
enum status editor_edit(const struct editing *editing, struct edited *edited, struct error *error);

/* The file and its folder. NULL is nothing. */
void editor_remove_draft(const char *draft);

/* Adds to the error where the text is kept. NULL is nothing. */
void editor_name_draft(const char *draft, struct error *error);

void edited_finish(struct edited *edited); /* frees it; the file stays */

#endif
