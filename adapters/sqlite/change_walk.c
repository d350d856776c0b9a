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

static enum status visit_run(struct change_walk *walk, const struct part *part, bool latest_first)
{
	enum status status = STATUS_OK;

	for (int64_t i = 0; i <= part->last - part->first && status == STATUS_OK; i++) {
		struct change_image image = {
			.bookmark = latest_first ? part->last - i : part->first + i,
		};

		status = walk->visit(walk->self, &image);
	}
	return status;
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
