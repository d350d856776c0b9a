#ifndef ADAPTERS_HTTP_API_LINKDING_JSON_H
#define ADAPTERS_HTTP_API_LINKDING_JSON_H

#include <jansson.h>

#include "adapters/json/json_writer.h"
#include "domain/base/error.h"
#include "domain/bookmarks/bookmark.h"

/*
 * Bookmarks in the shape of linkding's REST API (https://linkding.link/api/). What linkding calls
 * the description is the notes here; its own notes come in as a further paragraph behind it.
 * "unread" and "archived" are tags here, and flags there.
 */
#define LINKDING_UNREAD   "unread"
#define LINKDING_ARCHIVED "archived"

void linkding_put_bookmark(struct json_writer *json, const struct bookmark *bookmark);

/* What a client sent of a bookmark: NULL, or -1 of a flag, of what it did not. */
struct linkding_bookmark {
	const char *url; /* lent by the object, as are the others */
	const char *title;
	const char *description;
	const char *notes;
	const json_t *tag_names;
	int unread;
	int archived;
};

/* INVALID, with the field's name in *field and why, if a value is none of its kind. */
enum status linkding_read(struct linkding_bookmark *read, const json_t *object, const char **field,
	struct error *error);

/* The notes that become of description and notes on top of those known; yours. NULL: they stay. */
char *linkding_notes(const struct linkding_bookmark *sent, const char *known);

/*
 * The tags that become of those sent on top of those known. Clients split tags at blanks: where the
 * names are just the words of the known tags, these stay. INVALID of a name that can be no tag.
 */
enum status linkding_tags(const struct linkding_bookmark *sent, const struct tag_set *known,
	struct tag_set *tags, struct error *error);

/* A query of linkding's as one of ours: and, or, not, !untagged, !unread. Yours. */
char *linkding_query(const char *text);

#endif
