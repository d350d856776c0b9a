#include "adapters/rows/row_cache.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "adapters/rows/row_cache_file.h"
#include "adapters/sqlite/database.h"
#include "adapters/system/directory.h"
#include "adapters/system/paths.h"
#include "adapters/sqlite/sqlite_catalogue.h"
#include "domain/base/memory.h"
#include "domain/search/trigram_index.h"

#define WORTH_SAVING   256 /* rows; below that a segment is built as fast as it is found */
#define WORTH_AN_INDEX 8192

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

/* A segment of all rows; NULL if they cannot be read. By id is how they lie in the library. */
static struct row_segment *build(struct library *library, enum status *status, struct error *error)
{
	const struct listing everything = {.order = BY_ID};
	struct row_segment *segment = row_segment_new();

	*status =
		library->catalogue->each(library->catalogue, &everything, add_row, segment, error);
	if (*status != STATUS_OK) {
		row_segment_free(segment);
		return NULL;
	}
	row_segment_sort(segment);
	if (row_segment_table(segment)->count >= WORTH_AN_INDEX)
		trigram_index_make(segment);
	return segment;
}

static void save(
	const char *path, const struct row_segment *segment, const struct library_stamp *stamp)
{
	char *folder;

	if (!path || row_segment_table(segment)->count < WORTH_SAVING)
		return;
	folder = directory_of(path);
	if (directory_make(folder, NULL) == STATUS_OK)
		row_cache_file_save(path, segment, stamp);
	free(folder);
}

/* A segment that was built gives way to the file that it was saved in. */
static struct row_segment *saved(
	struct row_segment *segment, const char *path, const struct library_stamp *stamp)
{
	struct library_stamp found;
	struct row_segment *mapped;

	save(path, segment, stamp);
	mapped = path ? row_cache_file_open(path, stamp->uuid, &found) : NULL;
	if (!mapped || found.last_event != stamp->last_event || found.mark != stamp->mark) {
		row_segment_free(mapped);
		return segment;
	}
	row_segment_free(segment);
	return mapped;
}

/* Ids that events name, as long as they are not too many. */
struct changed_ids {
	int64_t *ids;
	size_t count;
	size_t capacity;
	size_t most;
};

static bool note_changed(void *self, const struct event *event)
{
	struct changed_ids *changed = self;

	for (size_t i = 0; i < event->count && changed->count <= changed->most; i++) {
		changed->ids = memory_grow(
			changed->ids, changed->count, &changed->capacity, sizeof(*changed->ids));
		changed->ids[changed->count++] = event->bookmarks[i];
	}
	return changed->count <= changed->most;
}

enum status row_cache_changed_since(struct library *library, int64_t event, size_t most,
	int64_t **ids, size_t *count, struct error *error)
{
	struct changed_ids changed = {.most = most};
	enum status status = library->catalogue->each_event(
		library->catalogue, event, note_changed, &changed, error);

	*ids = changed.ids;
	*count = changed.count;
	return status;
}

/* Does the library's history still lead over the segment's state, and from there not too far? */
static bool follows(struct library *library, struct cached_rows *rows,
	const struct library_stamp *then, const struct library_stamp *now)
{
	const size_t most = row_segment_table(rows->segment)->count / CHANGED_PART + CHANGED_MAX;
	int64_t mark = 0;

	if (then->last_event == now->last_event)
		return then->mark == now->mark;
	return sqlite_catalogue_mark(library->catalogue, then->last_event, &mark) == STATUS_OK &&
	       mark == then->mark &&
	       row_cache_changed_since(library, then->last_event, most, &rows->changed,
		       &rows->count, NULL) == STATUS_OK &&
	       rows->count <= most;
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
	struct library_stamp then = {0};
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
		rows->segment = build(library, &status, error);
		if (rows->segment)
			rows->segment = saved(rows->segment, path, &now);
	}
	free(path);
	return status;
}
