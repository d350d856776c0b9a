#include "adapters/sqlite/change_walk.h"

#include <stdlib.h>
#include <sqlite3.h>

#include "adapters/sqlite/change_image_text.h"
#include "adapters/sqlite/change_images.h"
#include "adapters/sqlite/database.h"
#include "domain/base/memory.h"

/* Where the images of a change are: one that is stored, or a run of which nothing else is. */
struct part {
	int64_t number;
	int64_t first;
	int64_t last;
	bool made;
};

struct parts {
	struct part *items;
	size_t count;
	size_t capacity;
};

/* Read before any is visited, as a visitor may record. */
static enum status list_parts(struct change_walk *walk, int64_t change, struct parts *parts)
{
	static const char sql[] =
		"SELECT number, first, last, 1 FROM made_bookmarks WHERE change = ?1 UNION ALL"
		" SELECT number, bookmark, bookmark, 0 FROM change_images WHERE change = ?1"
		" ORDER BY 1";
	sqlite3_stmt *statement = database_statement(walk->database, sql);
	enum status status;

	sqlite3_bind_int64(statement, 1, change);
	while ((status = database_step(walk->database, statement)) == STATUS_OK) {
		parts->items = memory_grow(
			parts->items, parts->count, &parts->capacity, sizeof(*parts->items));
		parts->items[parts->count++] = (struct part){
			.number = sqlite3_column_int64(statement, 0),
			.first = sqlite3_column_int64(statement, 1),
			.last = sqlite3_column_int64(statement, 2),
			.made = sqlite3_column_int(statement, 3) != 0,
		};
	}
	return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

/* The outermost bookmark that is left of a run; *id is not touched if there is none. */
static enum status find_outermost(
	struct change_walk *walk, const struct part *part, bool latest_first, int64_t *id)
{
	static const char lowest_sql[] =
		"SELECT id FROM bookmarks WHERE id BETWEEN ?1 AND ?2 ORDER BY id LIMIT 1";
	static const char highest_sql[] =
		"SELECT id FROM bookmarks WHERE id BETWEEN ?1 AND ?2 ORDER BY id DESC LIMIT 1";
	sqlite3_stmt *statement =
		database_statement(walk->database, latest_first ? highest_sql : lowest_sql);
	enum status status;

	sqlite3_bind_int64(statement, 1, part->first);
	sqlite3_bind_int64(statement, 2, part->last);
	status = database_step(walk->database, statement);
	if (status != STATUS_OK)
		return status;
	*id = sqlite3_column_int64(statement, 0);
	sqlite3_reset(statement);
	return STATUS_OK;
}

/* Those that are there, and not each number of it: a run of somebody else's may have any length. */
static enum status visit_run(struct change_walk *walk, const struct part *part, bool latest_first)
{
	struct part left = *part;
	struct change_image image = {0};
	enum status status = find_outermost(walk, &left, latest_first, &image.bookmark);

	while (status == STATUS_OK) {
		status = walk->visit(walk->self, &image);
		if (status != STATUS_OK ||
			image.bookmark == (latest_first ? left.first : left.last))
			return status;
		if (latest_first)
			left.last = image.bookmark - 1;
		else
			left.first = image.bookmark + 1;
		status = find_outermost(walk, &left, latest_first, &image.bookmark);
	}
	return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

/* A side of an image: what its text says over what the bookmark is now. */
static void fill_side(struct bookmark *side, const struct bookmark *now, const char *text)
{
	bookmark_init(side);
	bookmark_copy(side, now);
	if (text)
		change_image_read(text, side);
}

static enum status visit_stored(struct change_walk *walk, const struct stored_image *stored)
{
	struct change_image image = {.bookmark = stored->bookmark};
	struct bookmark now, before, after;
	enum status status;

	bookmark_init(&now);
	status = walk->bookmarks->get(walk->bookmarks, stored->bookmark, &now);
	now.id = stored->bookmark;
	fill_side(&before, &now, stored->before);
	fill_side(&after, &now, stored->after);
	if (stored->before)
		image.before = &before;
	if (stored->after)
		image.after = &after;
	if (status == STATUS_OK || status == STATUS_NOT_FOUND)
		status = walk->visit(walk->self, &image);
	bookmark_finish(&now);
	bookmark_finish(&before);
	bookmark_finish(&after);
	return status;
}

static enum status visit_part(struct change_walk *walk, int64_t change, const struct part *part)
{
	struct stored_image stored;
	enum status status = change_images_at(walk->database, change, part->number, &stored);

	if (status == STATUS_OK)
		status = visit_stored(walk, &stored);
	stored_image_finish(&stored);
	return status;
}

enum status change_walk_run(struct change_walk *walk, int64_t change, bool latest_first)
{
	struct parts parts = {0};
	enum status status = list_parts(walk, change, &parts);

	for (size_t i = 0; i < parts.count && status == STATUS_OK; i++) {
		const struct part *part = &parts.items[latest_first ? parts.count - 1 - i : i];

		status = part->made ? visit_run(walk, part, latest_first)
				    : visit_part(walk, change, part);
	}
	free(parts.items);
	return status;
}
