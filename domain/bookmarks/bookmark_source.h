#ifndef DOMAIN_BOOKMARKS_BOOKMARK_SOURCE_H
#define DOMAIN_BOOKMARKS_BOOKMARK_SOURCE_H

#include <stdbool.h>
#include <stdint.h>

#include "domain/base/error.h"
#include "domain/base/status.h"
#include "domain/bookmarks/link.h"
#include "domain/bookmarks/tag_set.h"

/* What stands in for a date that a record does not have. */
#define NO_DATE INT64_MIN

/*
 * One bookmark as a file gives it: valid UTF-8, edges trimmed, lent until the next call. added
 * and modified are NO_DATE where the record has none that can be read. origin is NULL, or the
 * source it had in the library it comes from (barky's own formats keep it).
 */
struct found_bookmark {
	const char *url;
	const char *title;
	const char *notes;
	const struct tag_set *tags;
	int64_t added;
	int64_t modified;
	const char *origin;
	bool unstarred;
	const struct bookmark_link *link; /* what was known of it there; NULL: nothing */
	long place;                       /* line (or record) in the file, for messages */
};

enum source_step {
	SOURCE_BOOKMARK, /* *found is filled */
	SOURCE_SKIPPED,  /* a record that cannot be used; reason says where and why */
	SOURCE_END,
	SOURCE_FAILED /* the file is not what it claims to be, or cannot be read: refuse all */
};

/*
 * Port: bookmarks from outside, pulled one at a time, so that memory stays flat whatever the size.
 * refused is told of a record the domain could not use (its address, say), for the report; it may
 * be NULL. status says what SOURCE_FAILED means.
 */
struct bookmark_source {
	enum source_step (*next)(
		struct bookmark_source *source, struct found_bookmark *found, struct error *error);
	void (*refused)(struct bookmark_source *source, const struct found_bookmark *found,
		const struct error *error);
	enum status status;
};

#endif
