#ifndef DOMAIN_BOOKMARKS_CHANGE_H
#define DOMAIN_BOOKMARKS_CHANGE_H

#include "domain/bus/handling.h"

/*
 * The four ways a handler changes a bookmark. Each writes the row, keeps in the journal what is
 * needed to take it back (opening the change with the first), and records the event.
 */
enum status change_add(struct handling *handling, struct bookmark *bookmark);

/* The same, without a word on who has the address: for a handler that goes on after DUPLICATE. */
enum status change_try_add(struct handling *handling, struct bookmark *bookmark);

enum status change_edit(struct handling *handling, const struct bookmark *before,
	struct bookmark *after); /* sets after->modified */

/* The same, counted as updated; or as unchanged, when there is nothing to write. */
enum status change_edit_if_different(
	struct handling *handling, const struct bookmark *before, struct bookmark *after);

/* The same of the one with this id, as edit changes it; NOT_FOUND, without a word. */
enum status change_edit_by(struct handling *handling, int64_t id,
	void (*edit)(const void *self, struct bookmark *bookmark), const void *self);

/*
 * Marks one that is in use as gone from where it came from, unless it is so already or spare, which
 * may be NULL, says otherwise; counted as gone. One that is not there is no error.
 */
enum status change_mark_gone(
	struct handling *handling, int64_t id, bool (*spare)(const struct bookmark *bookmark));

/* It is there again: takes the mark from a bookmark that is being changed. */
void change_mark_back(struct bookmark *bookmark);

enum status change_delete(struct handling *handling, const struct bookmark *bookmark);
enum status change_restore(struct handling *handling, const struct bookmark *bookmark);

#endif
