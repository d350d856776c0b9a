#ifndef ADAPTERS_FORMATS_FIELDS_H
#define ADAPTERS_FORMATS_FIELDS_H

#include <stdbool.h>
#include <stddef.h>

#include "domain/bookmarks/bookmark.h"

/*
 * What programs call the parts of a bookmark, in JSON and CSV alike: one table of names. Case and
 * whatever is neither letter nor digit do not count: "date_added", "dateAdded" and "Date added"
 * are one name.
 */
enum field {
	FIELD_UNKNOWN,
	FIELD_URL,
	FIELD_TITLE,
	FIELD_NOTES, /* of several each is kept, in the order they stand */
	FIELD_TAGS,
	FIELD_FOLDER, /* "a/b" */
	FIELD_ADDED,
	FIELD_MODIFIED,
	FIELD_SOURCE, /* where it was from, in barky's own form */
	FIELD_LOST,   /* known, and no bookmark can keep it: which is told */
	FIELD_COUNT
};

/* What no bookmark can keep. */
enum loss {
	LOSS_HIGHLIGHTS,
	LOSS_ANNOTATIONS,
	LOSS_CONTENT,
	LOSS_LISTS,
	LOSS_FAVOURITE,
	LOSS_TO_READ,
	LOSS_PRIVATE,
	LOSS_ARCHIVED,
	LOSS_KEYWORD,
	LOSS_RATING,
	LOSS_COUNT
};

struct field_name {
	const char *name; /* in lower case, letters and digits only */
	enum field field;
	int rank; /* of two names of one field the lower counts; of FIELD_LOST an enum loss */
};

/* NULL: no such name. */
const struct field_name *field_find(const char *name, size_t length);

/*
 * The field of a bookmark that is shown by this name and that no other program has; NULL if it is
 * none.
 */
const struct bookmark_field *field_find_own(const char *name);

/* "highlights", for people. */
const char *loss_name(enum loss loss);

/* Whether a value says that something is there: not "", "0", "false", "no". */
bool loss_is_said(const char *value);

#endif
