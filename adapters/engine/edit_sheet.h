#ifndef ADAPTERS_ENGINE_EDIT_SHEET_H
#define ADAPTERS_ENGINE_EDIT_SHEET_H

#include <stddef.h>

#include "domain/bookmarks/bookmark.h"
#include "domain/bus/command.h"
#include "domain/base/error.h"

/*
 * Several bookmarks as one text for an editor: the form of each (adapters/cli/edit_form.h), behind
 * a line "== bookmark 12 ==". A single one has no such line. A block that was taken out of the
 * text changes nothing.
 */
char *edit_sheet_print(const struct bookmark *bookmarks, size_t count); /* the caller frees it */

/* What came back, as edits of what differs; their strings belong to the sheet. {0} is empty. */
struct edit_sheet {
	struct edit_form *forms;
	struct bookmark_edit *edits;
	size_t form_count;
	size_t edit_count;
};

/* INVALID, with the line, if it is no such text. To be finished either way. */
enum status edit_sheet_read(struct edit_sheet *sheet, const char *text,
	const struct bookmark *bookmarks, size_t count, struct error *error);
void edit_sheet_finish(struct edit_sheet *sheet);

#endif
