#ifndef ADAPTERS_FILES_EDIT_BUFFER_H
#define ADAPTERS_FILES_EDIT_BUFFER_H

#include <stdbool.h>
#include <stddef.h>

#include "domain/base/error.h"
#include "domain/bookmarks/bookmark.h"
#include "domain/bus/command.h"

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

/*
 * Several bookmarks as one text for an editor: the form of each, behind a line
 * "== bookmark 12 ==", with more "=" where the notes of one have such a line. A single one has
 * none. A block that was taken out of the text changes nothing.
 */
char *edit_buffer_print(const struct bookmark *bookmarks, size_t count); /* the caller frees it */

/* What came back, as edits of what differs; their strings belong to the buffer. {0} is empty. */
struct edit_buffer {
	struct edit_form *forms;
	struct bookmark_edit *edits;
	size_t form_count;
	size_t edit_count;
};

/* INVALID, with the line, if it is no such text. To be finished either way. */
enum status edit_buffer_read(struct edit_buffer *buffer, const char *text,
	const struct bookmark *bookmarks, size_t count, struct error *error);
void edit_buffer_finish(struct edit_buffer *buffer);

/*
 * What "edit --tags LIST" means: "a,b" sets the tags, "+a,-b" adds and removes; every entry is
 * signed or none is. An empty list sets none. Fills the tag part of a patch, which the caller
 * finishes by tag_edits_finish() either way; INVALID says why.
 */
enum status tag_edits_read(struct bookmark_patch *patch, const char *list, struct error *error);
void tag_edits_finish(struct bookmark_patch *patch);

#endif
