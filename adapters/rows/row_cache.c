#include "adapters/rows/row_cache.h"

#include <ctype.h>
#include <stdlib.h>

#include "adapters/rows/row_cache_file.h"
#include "adapters/sqlite/database.h"
#include "adapters/system/directory.h"
#include "adapters/system/paths.h"
#include "adapters/sqlite/sqlite_catalogue.h"
#include "domain/base/memory.h"

#define WORTH_SAVING 256 /* rows; below that a segment is built as fast as it is found */

/* Beyond this many changed rows, and a part of all, a new segment is better than looking them up.
 */
#define CHANGED_MAX  512
#define CHANGED_PART 64

void cached_rows_finish(struct cached_rows *rows)
{
	row_segment_free(rows->segment);
	free(rows->changed);
	*rows = (struct cached_rows){0};
}

/* What a library says of itself is data: as a file's name it may be nothing but a UUID. */
static bool is_uuid(const char *text)
{
	static const char shape[] = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";

	for (size_t i = 0; i < sizeof(shape) - 1; i++)
		if (shape[i] == '-' ? text[i] != '-' : !isxdigit((unsigned char)text[i]))
			return false;
	return text[sizeof(shape) - 1] == '\0';
}

/* NULL where nothing is to be saved: a library in memory or without a name, or no place for it. */
static char *path_of_cache_file(const struct library *library, const struct library_stamp *stamp)
{
	const bool can_be_saved = database_path(library->database) && is_uuid(stamp->uuid);
	char *folder = can_be_saved ? path_of_cache() : NULL;
	char *path = NULL;

	if (folder)
		path = memory_print("%s/rows-%s", folder, stamp->uuid);
	free(folder);
	return path;
}

static bool add_row(void *segment, const struct bookmark *bookmark)
{
	row_segment_add(segment, bookmark);
	return true;
}

/* By id, which is how they lie in the library: in any other order it is read all over. */
static enum status build(struct library *library, struct row_segment *segment, struct error *error)
{
	const struct listing everything = {.order = BY_ID};

	return library->catalogue->each(library->catalogue, &everything, add_row, segment, error);
}

static void save(const char *path, const struct row_segment *segment, const uint32_t *order,
	const struct library_stamp *stamp)
{
	char *folder;

	if (!path || row_segment_table(segment)->count < WORTH_SAVING)
		return;
	folder = directory_of(path);
	if (directory_make(folder, NULL) == STATUS_OK)
		row_cache_file_save(path, segment, order, stamp);
	free(folder);
}

/* The segment with its rows in this order. */
static struct row_segment *reordered(struct row_segment *segment, const uint32_t *order)
{
	const struct row_table *table = row_segment_table(segment);
	struct row_segment *ordered;

	if (!order)
		return segment;
	ordered = row_segment_new();
	for (size_t i = 0; i < table->count; i++)
		row_segment_copy(ordered, table, order[i]);
	row_segment_free(segment);
	return ordered;
}

/* A segment built on the heap, newest first: it gives way to the file that it was saved in. */
static struct row_segment *saved(
	struct row_segment *segment, const char *path, const struct library_stamp *stamp)
{
	uint32_t *order = row_table_sort_newest(row_segment_table(segment));
	struct library_stamp found;
	struct row_segment *mapped;

	save(path, segment, order, stamp);
	mapped = path ? row_cache_file_open(path, stamp->uuid, &found) : NULL;
	if (mapped && found.last_event == stamp->last_event && found.mark == stamp->mark) {
		row_segment_free(segment);
		segment = mapped;
	} else {
		row_segment_free(mapped);
		segment = reordered(segment, order);
	}
	free(order);
	return segment;
}

static bool note_changed(void *self, const struct event *event)
{
	struct cached_rows *rows = self;
	size_t most = row_segment_table(rows->segment)->count / CHANGED_PART + CHANGED_MAX;

	for (size_t i = 0; i < event->count; i++) {
		rows->changed = memory_grow(
			rows->changed, rows->count, &rows->capacity, sizeof(*rows->changed));
		rows->changed[rows->count++] = event->bookmarks[i];
	}
	return rows->count <= most;
}

/* Does the library's history still lead over the segment's state, and from there not too far? */
static bool follows(struct library *library, struct cached_rows *rows,
	const struct library_stamp *then, const struct library_stamp *now)
{
	struct catalogue *catalogue = library->catalogue;
	int64_t mark = 0;

	if (then->last_event == now->last_event)
		return then->mark == now->mark;
	if (sqlite_catalogue_mark(catalogue, then->last_event, &mark) != STATUS_OK ||
		mark != then->mark)
		return false;
	if (catalogue->each_event(catalogue, then->last_event, note_changed, rows, NULL) !=
		STATUS_OK)
		return false;
	return rows->count <= row_segment_table(rows->segment)->count / CHANGED_PART + CHANGED_MAX;
}

static bool is_believed(struct library *library, enum cache_trust trust, struct cached_rows *rows,
	const struct library_stamp *then, const struct library_stamp *now)
{
	return rows->segment && follows(library, rows, then, now) &&
	       (trust != CACHE_VERIFIED || row_segment_open_all(rows->segment));
}

enum status row_cache_read(struct library *library, enum cache_trust trust,
	struct cached_rows *rows, struct error *error)
{
	struct library_stamp now;
	struct library_stamp then;
	char *path;
	enum status status = sqlite_catalogue_stamp(library->catalogue, &now, error);

	*rows = (struct cached_rows){0};
	if (status != STATUS_OK)
		return status;
	path = path_of_cache_file(library, &now);
	if (path && trust != CACHE_CORRUPT)
		rows->segment = row_cache_file_open(path, now.uuid, &then);
	if (!is_believed(library, trust, rows, &then, &now)) {
		cached_rows_finish(rows);
		rows->segment = row_segment_new();
		status = build(library, rows->segment, error);
		if (status == STATUS_OK)
			rows->segment = saved(rows->segment, path, &now);
	}
	free(path);
	return status;
}
