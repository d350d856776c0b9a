#ifndef ADAPTERS_SQLITE_BOOKMARK_ROW_H
#define ADAPTERS_SQLITE_BOOKMARK_ROW_H

#include "domain/bookmarks/bookmark.h"

struct sqlite3_stmt;

/*
 * What a bookmark is read from: its columns, in the order in which bookmark_row_read() expects
 * them first, and the table with what is known of links beside it.
 */
#define BOOKMARK_COLUMNS                                                                           \
	"b.id, b.added, b.modified, b.deleted, b.unstarred, b.source, b.url, b.title, b.tags,"     \
	" b.notes, l.state, l.since, l.checked, l.missing_since, l.status, l.url, l.reason"
#define BOOKMARK_LINKS " LEFT JOIN links l ON l.bookmark = b.id"

/*
 * A bookmark as a statement yields it. Its strings are the statement's own and the tags lie in one
 * buffer that is used again, so that streaming a million rows allocates almost nothing. What is
 * read is lent until the statement moves on. {0} is empty.
 */
struct bookmark_row {
	struct bookmark bookmark;
	char *tags;
	size_t tags_size;
};

/*
 * The way back: a new row, or a changed one. normal is the form in which the address is compared,
 * NULL in the row where that is the address itself; tags are joined by commas. All of it is lent.
 */
extern const char bookmark_row_add_sql[];
extern const char bookmark_row_update_sql[];
void bookmark_row_bind(struct sqlite3_stmt *statement, const struct bookmark *bookmark,
	const char *normal, const char *tags);

/* Returns &row->bookmark; its strings may be read, not written or freed. */
const struct bookmark *bookmark_row_read(struct bookmark_row *row, struct sqlite3_stmt *statement);
void bookmark_row_finish(struct bookmark_row *row);

#endif
