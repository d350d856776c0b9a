#include "adapters/sqlite/bookmark_row.h"

#include <stdlib.h>
#include <string.h>
#include <sqlite3.h>

#include "adapters/sqlite/database.h"
#include "domain/base/memory.h"

/* The number of the row, then its fields in the order of bookmark_fields, then its link. */
enum column {
	COLUMN_ID,
	COLUMN_FIELDS,
	COLUMN_LINK_STATE = COLUMN_FIELDS + BOOKMARK_FIELDS,
	COLUMN_LINK_SINCE,
	COLUMN_LINK_CHECKED,
	COLUMN_LINK_MISSING_SINCE,
	COLUMN_LINK_STATUS,
	COLUMN_LINK_URL,
	COLUMN_LINK_REASON
};

#define SELECT_ROWS                                                                                \
	"SELECT b.id, b.url, b.title, b.notes, b.tags, b.added, b.modified, b.deleted, b.source,"  \
	" b.unstarred,"                                                                            \
	" l.state, l.since, l.checked, l.missing_since, l.status, l.url, l.reason FROM bookmarks " \
	"b"
#define LINKS_BESIDE " LEFT JOIN links l ON l.bookmark = b.id"

const char bookmark_row_get_sql[] = SELECT_ROWS LINKS_BESIDE " WHERE b.id = ?";
const char bookmark_row_one_sql[] = SELECT_ROWS LINKS_BESIDE " WHERE b.id = ?";
const char bookmark_row_down_sql[] =
	SELECT_ROWS " NOT INDEXED" LINKS_BESIDE " WHERE b.deleted = 0 AND b.id <= ?"
		    " ORDER BY b.id DESC LIMIT ? OFFSET ?";
const char bookmark_row_up_sql[] =
	SELECT_ROWS " NOT INDEXED" LINKS_BESIDE " WHERE b.deleted = 0 AND b.id >= ?"
		    " ORDER BY b.id LIMIT ? OFFSET ?";

/* What bookmark_row_bind() binds: id, address to compare by, then the fields in their order. */
const char bookmark_row_add_sql[] =
	"INSERT OR FAIL INTO bookmarks (id, address, url, title, notes, tags, added, modified,"
	" deleted, source, unstarred)"
	" VALUES (nullif(?1, 0), ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";
const char bookmark_row_update_sql[] =
	"UPDATE bookmarks SET address = ?2, url = ?3, title = ?4, notes = ?5, tags = ?6, added = "
	"?7,"
	" modified = ?8, deleted = ?9, source = ?10, unstarred = ?11 WHERE id = ?1";

static void keep_tags(struct bookmark_row *row, const char *list, size_t length)
{
	if (length + 1 > row->tags_size) {
		row->tags_size = length + 64;
		row->tags = memory_resize(row->tags, row->tags_size, 1);
	}
	memcpy(row->tags, list, length + 1);
}

static void row_read_tags(struct bookmark_row *row, const char *list)
{
	keep_tags(row, list, strlen(list));
	tag_set_lend(&row->bookmark.tags, row->tags);
}

/* Lent: struct bookmark_link has no const strings, as others own theirs. */
static char *text_or_null(sqlite3_stmt *statement, int column)
{
	const char *value = database_text(statement, column);

	return *value ? (char *)value : NULL;
}

/* A state that is not known here counts as none. */
static void read_link(struct bookmark_link *link, sqlite3_stmt *statement)
{
	*link = (struct bookmark_link){0};
	if (sqlite3_column_type(statement, COLUMN_LINK_STATE) == SQLITE_NULL ||
		!link_state_of(database_text(statement, COLUMN_LINK_STATE), &link->state))
		return;
	link->since = sqlite3_column_int64(statement, COLUMN_LINK_SINCE);
	link->checked = sqlite3_column_int64(statement, COLUMN_LINK_CHECKED);
	link->missing_since = sqlite3_column_int64(statement, COLUMN_LINK_MISSING_SINCE);
	link->status = sqlite3_column_int(statement, COLUMN_LINK_STATUS);
	link->url = text_or_null(statement, COLUMN_LINK_URL);
	link->reason = text_or_null(statement, COLUMN_LINK_REASON);
}

static void read_field(struct bookmark_row *row, sqlite3_stmt *statement, size_t number)
{
	const struct bookmark_field *field = &bookmark_fields[number];
	int column = COLUMN_FIELDS + (int)number;
	union bookmark_value value = {0};

	switch (field->type) {
	case BOOKMARK_TEXT: value.text = database_text(statement, column); break;
	case BOOKMARK_TAGS: row_read_tags(row, database_text(statement, column)); return;
	case BOOKMARK_TIME: value.time = sqlite3_column_int64(statement, column); break;
	case BOOKMARK_FLAG: value.flag = sqlite3_column_int64(statement, column) != 0; break;
	}
	bookmark_field_lend(field, &row->bookmark, value);
}

const struct bookmark *bookmark_row_read(struct bookmark_row *row, struct sqlite3_stmt *statement)
{
	struct bookmark *bookmark = &row->bookmark;

	bookmark->id = sqlite3_column_int64(statement, COLUMN_ID);
	for (size_t i = 0; i < BOOKMARK_FIELDS; i++)
		read_field(row, statement, i);
	read_link(&bookmark->link, statement);
	return bookmark;
}

static void bind_field(sqlite3_stmt *statement, int place, const struct bookmark_field *field,
	union bookmark_value value, const char *tags)
{
	switch (field->type) {
	case BOOKMARK_TEXT: database_bind_text(statement, place, value.text); break;
	case BOOKMARK_TAGS: database_bind_text(statement, place, tags); break;
	case BOOKMARK_TIME: sqlite3_bind_int64(statement, place, value.time); break;
	case BOOKMARK_FLAG: sqlite3_bind_int(statement, place, value.flag); break;
	}
}

void bookmark_row_bind(sqlite3_stmt *statement, const struct bookmark *bookmark, const char *normal,
	const char *tags)
{
	sqlite3_bind_int64(statement, 1, bookmark->id);
	if (strcmp(normal, bookmark->url) != 0)
		database_bind_text(statement, 2, normal);
	for (int i = 0; i < BOOKMARK_FIELDS; i++)
		bind_field(statement, 3 + i, &bookmark_fields[i],
			bookmark_field_value(&bookmark_fields[i], bookmark), tags);
}

void bookmark_row_finish(struct bookmark_row *row)
{
	free(row->bookmark.tags.tags);
	free(row->tags);
	*row = (struct bookmark_row){0};
}
