#ifndef DOMAIN_BOOKMARKS_TAG_SET_H
#define DOMAIN_BOOKMARKS_TAG_SET_H

#include <stdbool.h>
#include <stddef.h>

#include "domain/base/error.h"
#include "domain/base/status.h"

/*
 * The tags of one bookmark: sorted and unique, both without regard to case, each in the case it
 * was first given. A tag has no comma, no control character, no blank at either end, and is not
 * empty. The set owns its strings. { 0 } is an empty set.
 */
struct tag_set {
	char **tags;
	size_t count;
	size_t capacity;
};

void tag_set_finish(struct tag_set *set);
void tag_set_copy(struct tag_set *to, const struct tag_set *from);    /* to is finished first */
bool tag_set_equal(const struct tag_set *a, const struct tag_set *b); /* case counts */

/* Trims; true if the tag is now in the set in any case; false if it is no tag (empty, a control).
 */
bool tag_set_add(struct tag_set *set, const char *tag);
bool tag_set_remove(struct tag_set *set, const char *tag); /* true if it was there */
bool tag_set_has(const struct tag_set *set, const char *tag);
void tag_set_unite(struct tag_set *set, const struct tag_set *other);
void tag_set_subtract(struct tag_set *set, const struct tag_set *other);
void tag_set_clear(struct tag_set *set);

/* What makes after of before: subtract gone, then unite come; a tag in another case is in both. */
void tag_set_difference(const struct tag_set *before, const struct tag_set *after,
	struct tag_set *gone, struct tag_set *come);

/* Adds each tag of a list separated by commas; empty entries are passed over. */
enum status tag_set_add_list(struct tag_set *set, const char *list, struct error *error);

/* "a,b", the form in which the library keeps them; the caller frees it. */
char *tag_set_join(const struct tag_set *set);

/* Cuts such a list into the tags of a set that borrows them: only its array is the caller's. */
void tag_set_lend(struct tag_set *set, char *list);

#endif
