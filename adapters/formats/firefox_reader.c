#include "adapters/formats/formats.h"

#include <stdlib.h>
#include <string.h>

#include "adapters/formats/dates.h"
#include "adapters/formats/sqlite_source.h"
#include "adapters/formats/record.h"
#include "domain/base/memory.h"

#define DEPTH_MAX 512

/*
 * places.sqlite: moz_bookmarks holds folders (type 2) and bookmarks (type 1), whose addresses are
 * in moz_places (fk). The root folder has no parent; below it are Firefox's own folders, that of
 * the tags among them: a tag is a folder there, with a nameless bookmark of every place that has
 * it. Dates are in microseconds.
 */
static const char *const bookmark_columns[] = {
	"id", "type", "fk", "parent", "title", "dateAdded", "lastModified", NULL};
static const char *const place_columns[] = {"id", "url", NULL};
static const char *const note_columns[] = {"item_id", "anno_attribute_id", "content", NULL};

static const char folders_sql[] =
	"SELECT id, parent, title FROM moz_bookmarks WHERE type = 2 ORDER BY id";

/* Both in the order of places, so that the tags of each are met on the way. */
static const char tags_sql[] =
	"SELECT b.fk, t.title FROM moz_bookmarks b JOIN moz_bookmarks t ON t.id = b.parent"
	" WHERE t.parent = ?1 AND t.type = 2 AND b.fk IS NOT NULL ORDER BY b.fk";
static const char bookmarks_sql[] =
	"SELECT b.id, p.url, b.title, b.parent, b.dateAdded, b.lastModified, b.fk, NULL"
	" FROM moz_bookmarks b LEFT JOIN moz_places p ON p.id = b.fk"
	" WHERE b.type = 1 ORDER BY b.fk, b.id";
static const char bookmarks_with_notes_sql[] =
	"SELECT b.id, p.url, b.title, b.parent, b.dateAdded, b.lastModified, b.fk,"
	" (SELECT a.content FROM moz_items_annos a JOIN moz_anno_attributes n"
	"  ON n.id = a.anno_attribute_id WHERE a.item_id = b.id"
	"  AND n.name = 'bookmarkProperties/description')"
	" FROM moz_bookmarks b LEFT JOIN moz_places p ON p.id = b.fk"
	" WHERE b.type = 1 ORDER BY b.fk, b.id";

enum { ID, URL, TITLE, PARENT, ADDED, MODIFIED, PLACE, NOTES };

struct folder {
	int64_t id;
	int64_t parent;
	char *title;
};

struct firefox_source {
	struct bookmark_source source; /* first, so that a source is one of these */
	struct sqlite_source *database;
	sqlite3_stmt *bookmarks;
	sqlite3_stmt *tags;
	bool has_tag;           /* a row of tags is at hand */
	struct folder *folders; /* by id */
	size_t folder_count;
	size_t folder_capacity;
	int64_t root;
	int64_t tag_root;
	struct record record;
};

static int by_id(const void *key, const void *folder)
{
	int64_t id = *(const int64_t *)key, other = ((const struct folder *)folder)->id;

	return (id > other) - (id < other);
}

static const struct folder *find_folder(const struct firefox_source *source, int64_t id)
{
	if (!source->folder_count)
		return NULL;
	return bsearch(&id, source->folders, source->folder_count, sizeof(*source->folders), by_id);
}

static void add_folder(struct firefox_source *source, sqlite3_stmt *statement)
{
	const char *title = (const char *)sqlite3_column_text(statement, 2);
	struct folder folder = {
		.id = sqlite3_column_int64(statement, 0),
		.parent = sqlite3_column_int64(statement, 1),
		.title = memory_copy_string(title ? title : ""),
	};

	source->folders = memory_grow(source->folders, source->folder_count,
		&source->folder_capacity, sizeof(*source->folders));
	source->folders[source->folder_count++] = folder;
	if (folder.parent == 0)
		source->root = folder.id;
}

static bool read_folders(struct firefox_source *source, struct error *error)
{
	sqlite3_stmt *statement = sqlite_source_prepare(source->database, folders_sql, error);
	int code;

	if (!statement)
		return false;
	while ((code = sqlite3_step(statement)) == SQLITE_ROW)
		add_folder(source, statement);
	sqlite3_finalize(statement);
	if (code != SQLITE_DONE)
		sqlite_source_say(source->database, error);
	for (size_t i = 0; i < source->folder_count; i++)
		if (source->folders[i].parent == source->root &&
			strcmp(source->folders[i].title, "tags") == 0)
			source->tag_root = source->folders[i].id;
	return code == SQLITE_DONE;
}

/* The names of the folders above, but for Firefox's own; false if one of them holds the tags. */
static bool add_folders(struct firefox_source *source, int64_t parent)
{
	const struct folder *folder = find_folder(source, parent);

	for (int depth = 0; folder && depth < DEPTH_MAX; depth++) {
		if (folder->id == source->tag_root)
			return false;
		if (folder->id != source->root && folder->parent != source->root)
			record_add_folder(&source->record, folder->title);
		folder = find_folder(source, folder->parent);
	}
	return true;
}

static void firefox_add_tags(struct firefox_source *source, int64_t place)
{
	while (source->has_tag && sqlite3_column_int64(source->tags, 0) < place)
		source->has_tag = sqlite3_step(source->tags) == SQLITE_ROW;
	while (source->has_tag && sqlite3_column_int64(source->tags, 0) == place) {
		const char *tag = (const char *)sqlite3_column_text(source->tags, 1);

		if (tag)
			record_add_folder(&source->record, tag);
		source->has_tag = sqlite3_step(source->tags) == SQLITE_ROW;
	}
}

/* Of several bookmarks of one place only the first gets the tags; they become one anyway. */
static const char *firefox_fill(struct firefox_source *source)
{
	sqlite3_stmt *row = source->bookmarks;
	struct record *record = &source->record;

	firefox_add_tags(source, sqlite3_column_int64(row, PLACE));
	record->bookmark.added = date_of_number(sqlite3_column_int64(row, ADDED));
	record->bookmark.modified = date_of_number(sqlite3_column_int64(row, MODIFIED));
	if (!sqlite_source_add_text(row, URL, false, &record->url))
		return "it has no address";
	if (!sqlite_source_add_text(row, TITLE, true, &record->title))
		return "its title is not text";
	if (!sqlite_source_add_text(row, NOTES, true, &record->notes))
		return "its description is not text";
	return NULL;
}

static enum source_step firefox_next(
	struct bookmark_source *base, struct found_bookmark *found, struct error *error)
{
	struct firefox_source *source = (struct firefox_source *)base;
	struct record *record = &source->record;
	int code;

	while ((code = sqlite3_step(source->bookmarks)) == SQLITE_ROW) {
		const char *why;

		record_clear(record);
		record->place = (long)sqlite3_column_int64(source->bookmarks, ID);
		if (!add_folders(source, sqlite3_column_int64(source->bookmarks, PARENT)))
			continue;
		why = firefox_fill(source);
		if (why) {
			error_set(error, "%s", why);
			return record_skip(record->place, found);
		}
		if (!record_is_query(record))
			return record_yield(record, found, error);
	}
	return sqlite_source_end(source->database, code, base, error);
}

static void firefox_close(struct bookmark_source *base)
{
	struct firefox_source *source = (struct firefox_source *)base;

	sqlite3_finalize(source->bookmarks);
	sqlite3_finalize(source->tags);
	for (size_t i = 0; i < source->folder_count; i++)
		free(source->folders[i].title);
	free(source->folders);
	record_finish(&source->record);
	free(source);
}

static bool is_places(struct sqlite_source *database)
{
	return sqlite_source_has(database, "moz_bookmarks", bookmark_columns) &&
	       sqlite_source_has(database, "moz_places", place_columns);
}

static bool firefox_prepare(struct firefox_source *source, struct error *error)
{
	bool has_notes = sqlite_source_has(source->database, "moz_items_annos", note_columns);

	if (!read_folders(source, error))
		return false;
	source->tags = sqlite_source_prepare(source->database, tags_sql, error);
	source->bookmarks = sqlite_source_prepare(
		source->database, has_notes ? bookmarks_with_notes_sql : bookmarks_sql, error);
	if (!source->tags || !source->bookmarks)
		return false;
	sqlite3_bind_int64(source->tags, 1, source->tag_root);
	source->has_tag = source->tag_root && sqlite3_step(source->tags) == SQLITE_ROW;
	return true;
}

static struct bookmark_source *firefox_open(const struct format_reader *reader, struct input *input,
	enum status *status, struct error *error)
{
	struct sqlite_source *database = sqlite_source_of(input, status, error);
	struct firefox_source *source;

	(void)reader;
	if (!database)
		return NULL;
	*status = STATUS_INVALID;
	if (!is_places(database)) {
		error_set(error, "it is not Firefox's places.sqlite");
		return NULL;
	}
	source = memory_new(sizeof(*source));
	*source = (struct firefox_source){.source.next = firefox_next, .database = database};
	if (!firefox_prepare(source, error)) {
		firefox_close(&source->source);
		return NULL;
	}
	*status = STATUS_OK;
	return &source->source;
}

static int firefox_detect(const struct format_reader *reader, struct input *input)
{
	struct sqlite_source *database;
	enum status status;

	(void)reader;
	if (!sqlite_source_is_one(input))
		return 0;
	database = sqlite_source_of(input, &status, NULL);
	return database && is_places(database) ? DETECTED_CERTAINLY : 0;
}

const struct format_reader firefox_reader = {firefox_detect, firefox_open, firefox_close, NULL};
