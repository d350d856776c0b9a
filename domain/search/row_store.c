#include "domain/search/row_store.h"

#include <stdlib.h>
#include <string.h>

#include "domain/base/memory.h"
#include "domain/bookmarks/tag_counts.h"
#include "domain/search/bits.h"
#include "domain/search/id_map.h"
#include "domain/search/row_snapshot.h"

struct row_store {
	struct row_snapshot *snapshot;
	struct id_map delta; /* the last row that an id was put in */
	size_t count;
	uint64_t version;
};

/* Takes the base. */
static struct row_snapshot *row_snapshot_new(struct row_segment *base)
{
	struct row_snapshot *snapshot = memory_new(sizeof(*snapshot));

	if (!row_segment_table(base)->by_id)
		row_segment_sort(base);
	snapshot->holders = 1;
	snapshot->segments[PART_BASE] = base;
	snapshot->segments[PART_DELTA] = row_segment_new();
	return snapshot;
}

struct row_snapshot *row_snapshot_share(struct row_snapshot *snapshot)
{
	snapshot->holders++;
	return snapshot;
}

void row_snapshot_free(struct row_snapshot *snapshot)
{
	if (!snapshot || --snapshot->holders > 0)
		return;
	for (size_t i = 0; i < ROW_PARTS; i++) {
		row_segment_free(snapshot->segments[i]);
		free(snapshot->tombstones[i]);
	}
	free(snapshot);
}

const struct row_table *row_snapshot_table(const struct row_snapshot *snapshot, enum row_part part)
{
	return row_segment_table(snapshot->segments[part]);
}

static enum row_part part_of(row_id row)
{
	return row & ROW_IN_DELTA ? PART_DELTA : PART_BASE;
}

const struct row_table *row_snapshot_locate(
	const struct row_snapshot *snapshot, row_id row, size_t *number)
{
	*number = row & ~ROW_IN_DELTA;
	return row_snapshot_table(snapshot, part_of(row));
}

bool row_snapshot_open(const struct row_snapshot *snapshot, row_id row, unsigned columns)
{
	return row_segment_open(snapshot->segments[part_of(row)], columns, row & ~ROW_IN_DELTA, 1);
}

bool row_snapshot_is_dead(const struct row_snapshot *snapshot, row_id row)
{
	const uint64_t *tombstones = snapshot->tombstones[part_of(row)];

	return tombstones && bits_has(tombstones, row & ~ROW_IN_DELTA);
}

/* Tombstones for as many rows as there are. */
static uint64_t *row_snapshot_tombstones(struct row_snapshot *snapshot, enum row_part part)
{
	const size_t before = snapshot->tombstone_words[part];
	const size_t words = BITS_WORDS(row_snapshot_table(snapshot, part)->count);
	uint64_t **tombstones = &snapshot->tombstones[part];

	if (words > before) {
		*tombstones = memory_resize(*tombstones, words, sizeof(**tombstones));
		memset(*tombstones + before, 0, (words - before) * sizeof(**tombstones));
		snapshot->tombstone_words[part] = words;
	}
	return *tombstones;
}

static void row_snapshot_bury(struct row_snapshot *snapshot, row_id row)
{
	bits_add(row_snapshot_tombstones(snapshot, part_of(row)), row & ~ROW_IN_DELTA);
}

static row_id row_snapshot_add(struct row_snapshot *snapshot, const struct bookmark *bookmark)
{
	size_t number = row_segment_add(snapshot->segments[PART_DELTA], bookmark);

	row_snapshot_tombstones(snapshot, PART_DELTA);
	return (row_id)number | ROW_IN_DELTA;
}

int row_snapshot_compare(const struct row_snapshot *snapshot, row_id a, row_id b)
{
	size_t i, j;
	const struct row_table *left = row_snapshot_locate(snapshot, a, &i);
	const struct row_table *right = row_snapshot_locate(snapshot, b, &j);

	if (left->added[i] != right->added[j])
		return left->added[i] > right->added[j] ? -1 : 1;
	return left->ids[i] > right->ids[j] ? -1 : left->ids[i] < right->ids[j];
}

struct row_store *row_store_new(void)
{
	struct row_store *store = memory_new(sizeof(*store));

	store->snapshot = row_snapshot_new(row_segment_new());
	store->version = 1;
	return store;
}

void row_store_free(struct row_store *store)
{
	if (!store)
		return;
	row_snapshot_free(store->snapshot);
	id_map_clear(&store->delta);
	free(store);
}

void row_store_replace(struct row_store *store, struct row_segment *segment)
{
	row_snapshot_free(store->snapshot);
	id_map_clear(&store->delta);
	store->snapshot = row_snapshot_new(segment);
	store->count = row_snapshot_table(store->snapshot, PART_BASE)->count;
	store->version++;
}

bool row_store_locate(const struct row_store *store, int64_t id, row_id *row)
{
	struct row_segment *base = store->snapshot->segments[PART_BASE];
	const struct row_table *table = row_segment_table(base);
	size_t number;

	if (id_map_find(&store->delta, id, &number)) {
		*row = (row_id)number | ROW_IN_DELTA;
		return !row_snapshot_is_dead(store->snapshot, *row);
	}
	if (!row_segment_open(base, 1u << COLUMN_IDS | 1u << COLUMN_BY_ID, 0, table->count) ||
		!row_table_find(table, id, &number))
		return false;
	*row = (row_id)number;
	return !row_snapshot_is_dead(store->snapshot, *row);
}

bool row_store_remove(struct row_store *store, int64_t id)
{
	row_id row;

	if (!row_store_locate(store, id, &row))
		return false;
	row_snapshot_bury(store->snapshot, row);
	store->count--;
	store->version++;
	return true;
}

void row_store_put(struct row_store *store, const struct bookmark *bookmark)
{
	row_id row;

	row_store_remove(store, bookmark->id);
	if (bookmark->deleted)
		return;
	row = row_snapshot_add(store->snapshot, bookmark);
	id_map_put(&store->delta, bookmark->id, row & ~ROW_IN_DELTA);
	store->count++;
	store->version++;
}

size_t row_store_count(const struct row_store *store)
{
	return store->count;
}

uint64_t row_store_version(const struct row_store *store)
{
	return store->version;
}

bool row_store_find(const struct row_store *store, int64_t id, struct row *row)
{
	const struct row_table *table;
	size_t number;
	row_id found;

	if (!row_store_locate(store, id, &found) ||
		!row_snapshot_open(store->snapshot, found, COLUMNS_ROW))
		return false;
	table = row_snapshot_locate(store->snapshot, found, &number);
	row_table_row(table, number, row);
	return true;
}

void row_store_each(
	const struct row_store *store, void (*visit)(void *self, const struct row *row), void *self)
{
	struct row row;

	for (enum row_part part = PART_BASE; part < ROW_PARTS; part++) {
		const struct row_table *table = row_snapshot_table(store->snapshot, part);
		const uint64_t *tombstones = store->snapshot->tombstones[part];

		if (!row_segment_open_all(store->snapshot->segments[part]))
			continue;
		for (size_t i = 0; i < table->count; i++) {
			if (tombstones && bits_has(tombstones, i))
				continue;
			row_table_row(table, i, &row);
			visit(self, &row);
		}
	}
}

struct row_snapshot *row_store_snapshot(const struct row_store *store)
{
	return store->snapshot;
}

bool row_store_corrupt(const struct row_store *store)
{
	return row_segment_corrupt(store->snapshot->segments[PART_BASE]);
}

bool row_store_verify(struct row_store *store)
{
	return row_segment_open_all(store->snapshot->segments[PART_BASE]);
}

static void count_tags(void *counts, const struct row *row)
{
	tag_counts_add_list(counts, row->tags);
}

struct tag_counts *row_store_count_tags(const struct row_store *store)
{
	struct tag_counts *counts = tag_counts_new();

	row_store_each(store, count_tags, counts);
	return counts;
}
