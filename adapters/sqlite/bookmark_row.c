#include "adapters/sqlite/bookmark_row.h"

#include <stdlib.h>
#include <string.h>
#include <sqlite3.h>

#include "domain/base/memory.h"

enum column {
	COLUMN_ID,
	COLUMN_ADDED,
	COLUMN_MODIFIED,
	COLUMN_DELETED,
	COLUMN_UNSTARRED,
	COLUMN_SOURCE,
	COLUMN_URL,
	COLUMN_TITLE,
	COLUMN_TAGS,
	COLUMN_NOTES,
	COLUMN_LINK_STATE,
	COLUMN_LINK_SINCE,
	COLUMN_LINK_CHECKED,
	COLUMN_LINK_MISSING_SINCE,
	COLUMN_LINK_STATUS,
	COLUMN_LINK_URL,
	COLUMN_LINK_REASON
};

/* The parameters of both are those of bookmark_row_bind(), in its order. */
const char bookmark_row_add_sql[] =
	"INSERT OR FAIL INTO bookmarks (id, added, modified, deleted, unstarred, source, url, "
	"address,"
	" title, tags, notes) VALUES (nullif(?1, 0), ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";
const char bookmark_row_update_sql[] =
	"UPDATE bookmarks SET added = ?2, modified = ?3, deleted = ?4, unstarred = ?5, source = ?6,"
	" url = ?7, address = ?8, title = ?9, tags = ?10, notes = ?11 WHERE id = ?1";
static char empty[1];

/* Lent: struct bookmark has no const strings, as others own theirs. */
static char *text(sqlite3_stmt *statement, enum column column)
{
	const unsigned char *value = sqlite3_column_text(statement, column);

	return value ? (char *)value : empty;
}

static void keep_tags(struct bookmark_row *row, const char *list, size_t length)
{
	if (length + 1 > row->tags_size) {
		row->tags_size = length + 64;
		row->tags = memory_resize(row->tags, row->tags_size, 1);
	}
	memcpy(row->tags, list, length + 1);
}

static void split_tags(struct bookmark_row *row)
{
	struct tag_set *tags = &row->bookmark.tags;
	char *rest = row->tags;

	tags->count = 0;
	while (rest && *rest) {
		char *comma = strchr(rest, ',');

		tags->tags =
			memory_grow(tags->tags, tags->count, &tags->capacity, sizeof(*tags->tags));
		tags->tags[tags->count++] = rest;
		if (comma)
			*comma++ = '\0';
		rest = comma;
	}
}

static char *text_or_null(sqlite3_stmt *statement, enum column column)
{
	char *value = text(statement, column);

	return *value ? value : NULL;
}

/* A state that is not known here counts as none. */
static void read_link(struct bookmark_link *link, sqlite3_stmt *statement)
{
	*link = (struct bookmark_link){0};
	if (sqlite3_column_type(statement, COLUMN_LINK_STATE) == SQLITE_NULL ||
		!link_state_of(text(statement, COLUMN_LINK_STATE), &link->state))
		return;
	link->since = sqlite3_column_int64(statement, COLUMN_LINK_SINCE);
	link->checked = sqlite3_column_int64(statement, COLUMN_LINK_CHECKED);
	link->missing_since = sqlite3_column_int64(statement, COLUMN_LINK_MISSING_SINCE);
	link->status = sqlite3_column_int(statement, COLUMN_LINK_STATUS);
	link->url = text_or_null(statement, COLUMN_LINK_URL);
	link->reason = text_or_null(statement, COLUMN_LINK_REASON);
}

const struct bookmark *bookmark_row_read(struct bookmark_row *row, struct sqlite3_stmt *statement)
{
	struct bookmark *bookmark = &row->bookmark;
	const char *list = text(statement, COLUMN_TAGS);

	keep_tags(row, list, strlen(list));
	split_tags(row);
	bookmark->id = sqlite3_column_int64(statement, COLUMN_ID);
	bookmark->added = sqlite3_column_int64(statement, COLUMN_ADDED);
	bookmark->modified = sqlite3_column_int64(statement, COLUMN_MODIFIED);
	bookmark->deleted = sqlite3_column_int64(statement, COLUMN_DELETED);
	bookmark->unstarred = sqlite3_column_int64(statement, COLUMN_UNSTARRED) != 0;
	bookmark->source = text(statement, COLUMN_SOURCE);
	bookmark->url = text(statement, COLUMN_URL);
	bookmark->title = text(statement, COLUMN_TITLE);
	bookmark->notes = text(statement, COLUMN_NOTES);
	read_link(&bookmark->link, statement);
	return bookmark;
}

static void bind_text(sqlite3_stmt *statement, int place, const char *text)
{
	sqlite3_bind_text(statement, place, text, -1, SQLITE_STATIC);
}

void bookmark_row_bind(sqlite3_stmt *statement, const struct bookmark *bookmark, const char *normal,
	const char *tags)
{
	sqlite3_bind_int64(statement, 1, bookmark->id);
	sqlite3_bind_int64(statement, 2, bookmark->added);
	sqlite3_bind_int64(statement, 3, bookmark->modified);
	sqlite3_bind_int64(statement, 4, bookmark->deleted);
	sqlite3_bind_int(statement, 5, bookmark->unstarred);
	bind_text(statement, 6, bookmark->source);
	bind_text(statement, 7, bookmark->url);
	if (strcmp(normal, bookmark->url) != 0)
		bind_text(statement, 8, normal);
	bind_text(statement, 9, bookmark->title);
	bind_text(statement, 10, tags);
	bind_text(statement, 11, bookmark->notes);
}

void bookmark_row_finish(struct bookmark_row *row)
{
	free(row->bookmark.tags.tags);
	free(row->tags);
	*row = (struct bookmark_row){0};
}
