#ifndef ADAPTERS_CLI_EDIT_FORM_H
#define ADAPTERS_CLI_EDIT_FORM_H

#include "domain/bookmarks/bookmark.h"
#include "domain/bus/command.h"
#include "domain/base/error.h"

/*
 * A bookmark as a small text for an editor:
 *
 *   # a line of help
 *   url: https://example.org
 *   title: Example
 *   tags: a, b
 *   notes:
 *   everything behind this line
 */
char *edit_form_print(const struct bookmark *bookmark); /* the caller frees it */

/* What came back. NULL of what is not in it; the strings are owned. */
struct edit_form {
	char *url;
	char *title;
	char *tags;
	char *notes;
	bool empty; /* nothing but comments and blanks: the user wants no change */
};

/* INVALID, with the line, if it is no such form. To be finished either way. */
enum status edit_form_read(struct edit_form *form, const char *text, struct error *error);
void edit_form_finish(struct edit_form *form);

/*
 * The fields in which the form differs from the bookmark, as a patch that lends the form's
 * strings; its tags are finished by tag_edits_finish(). False if nothing differs.
 */
bool edit_form_patch(const struct edit_form *form, const struct bookmark *bookmark,
	struct bookmark_patch *patch);

#endif
