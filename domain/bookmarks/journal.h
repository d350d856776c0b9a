#ifndef DOMAIN_BOOKMARKS_JOURNAL_H
#define DOMAIN_BOOKMARKS_JOURNAL_H

#include "domain/bookmarks/bookmark.h"
#include "domain/bus/event.h"
#include "domain/bookmarks/repository.h"

/*
 * Port: what happened and how to take it back, written in the transaction of the change itself.
 *
 * A change is what one undo takes back: a number, the command, and for each bookmark it touched
 * what that was before and after. Images are kept small: of a bookmark that was made, nothing is
 * stored until it is unmade; of one that is edited, both sides.
 */
enum change_state {
	CHANGE_DONE,
	CHANGE_TAKEN_BACK /* by undo; redo may bring it again, until a new change drops it */
};

struct change {
	int64_t id;
	int64_t at;
	enum command_type command;
	enum change_state state;
	size_t bookmarks;
	char subject[128];
};

/*
 * One bookmark's part in a change. before is NULL of one that was made; after is NULL of one that
 * is not there any more (after an undo, of one that was made), or whose state after is what the
 * library holds now.
 */
struct change_image {
	int64_t bookmark;
	const struct bookmark *before;
	const struct bookmark *after;
};

typedef enum status (*change_image_fn)(void *self, const struct change_image *image);

struct journal {
	/* Opens a change; drops those that were taken back, as they cannot be redone any more. */
	enum status (*open_change)(struct journal *journal, enum command_type command,
		const char *subject, int64_t at, int64_t *change);

	/* OK only for a change that is there and done. */
	enum status (*join_change)(struct journal *journal, int64_t change);

	/*
	 * Adds a bookmark to a change. A second image of the same bookmark in one change keeps the
	 * first before and takes the new after.
	 */
	enum status (*record)(
		struct journal *journal, int64_t change, const struct change_image *image);

	/* The latest change that is done (to undo), the earliest taken back (to redo); NOT_FOUND.
	 */
	enum status (*last_done)(struct journal *journal, struct change *change);
	enum status (*first_taken_back)(struct journal *journal, struct change *change);
	enum status (*set_state)(struct journal *journal, int64_t change, enum change_state state);

	/* The images of a change, latest first, or first to last. The function may record. */
	enum status (*each_image)(struct journal *journal, int64_t change, bool latest_first,
		change_image_fn visit, void *self);

	/* Forgets every image of a bookmark that was dropped for good; a change without any is
	 * spent. */
	enum status (*forget)(struct journal *journal, int64_t bookmark);

	/* Drops those that were taken back. */
	enum status (*drop_taken_back)(struct journal *journal);

	/* Appends an event and gives its id. */
	enum status (*append)(struct journal *journal, struct event *event);
};

#endif
