#ifndef DOMAIN_BOOKMARKS_BOOKMARK_SOURCE_H
#define DOMAIN_BOOKMARKS_BOOKMARK_SOURCE_H

#include <stdint.h>

#include "domain/base/error.h"
#include "domain/base/status.h"
#include "domain/bookmarks/bookmark.h"

/* What stands in for a date that a record does not have. */
#define NO_DATE INT64_MIN

/*
 * One bookmark as a file gives it: valid UTF-8, edges trimmed, lent until the next call. It has no
 * id; added and modified are NO_DATE where the record has none that can be read. source is "", or
 * the one it had in the library it comes from, and link what was known of it there (barky's own
 * formats keep them).
 */
struct found_bookmark {
	const struct bookmark *bookmark; /* NULL of what cannot be used */
	long place;                      /* line (or record) in the file, for messages */
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
