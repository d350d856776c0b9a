#ifndef ADAPTERS_SQLITE_BOOKMARK_ROW_H
#define ADAPTERS_SQLITE_BOOKMARK_ROW_H

#include "domain/bookmarks/bookmark.h"

struct sqlite3_stmt;

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
 * Every statement that names the columns of a bookmark. Those that read begin with what
 * bookmark_row_read() expects: the id, the fields, and what is known of the link beside it.
 */
extern const char bookmark_row_get_sql[];  /* by its id, in the trash or out of it */
extern const char bookmark_row_one_sql[];  /* the same, for one who reads while get is asked */
extern const char bookmark_row_down_sql[]; /* out of the trash: from an id down, limit, offset */
extern const char bookmark_row_up_sql[];   /* the same, up */
extern const char bookmark_row_add_sql[];
extern const char bookmark_row_update_sql[];

/* Returns &row->bookmark; its strings may be read, not written or freed. */
const struct bookmark *bookmark_row_read(struct bookmark_row *row, struct sqlite3_stmt *statement);
void bookmark_row_finish(struct bookmark_row *row);

/*
 * The way back: a new row, or a changed one. normal is the form in which the address is compared,
 * NULL in the row where that is the address itself; tags are joined by commas. All of it is lent.
 */
void bookmark_row_bind(struct sqlite3_stmt *statement, const struct bookmark *bookmark,
	const char *normal, const char *tags);

#endif
