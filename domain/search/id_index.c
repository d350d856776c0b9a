#include "domain/search/id_index.h"

#include <stdlib.h>
#include <string.h>

#include "domain/base/memory.h"

#define DIGIT_BITS 11
#define DIGITS     (1u << DIGIT_BITS)

struct id_index {
	const int64_t *ids;
	size_t count;
	const uint32_t *by_id; /* rows in the order of their ids */
	uint32_t *sorted;      /* the same, if it is the index's own */
};

static size_t digit_of(int64_t id, unsigned shift)
{
	return (size_t)((uint64_t)id >> shift) & (DIGITS - 1);
}

/* One pass of a radix sort: from, in the order of one digit, into to. */
static void sort_by_digit(
	const int64_t *ids, const uint32_t *from, uint32_t *to, size_t count, unsigned shift)
{
	size_t place[DIGITS] = {0};
	size_t sum = 0;

	for (size_t i = 0; i < count; i++)
		place[digit_of(ids[from[i]], shift)]++;
	for (size_t i = 0; i < DIGITS; i++) {
		size_t here = place[i];

		place[i] = sum;
		sum += here;
	}
	for (size_t i = 0; i < count; i++)
		to[place[digit_of(ids[from[i]], shift)]++] = from[i];
}

uint32_t *id_index_sort(const int64_t *ids, size_t count)
{
	uint32_t *from = memory_array(count, sizeof(*from));
	uint32_t *to = memory_array(count, sizeof(*to));
	uint64_t all = 0;

	for (size_t i = 0; i < count; i++) {
		from[i] = (uint32_t)i;
		all |= (uint64_t)ids[i];
	}
	for (unsigned shift = 0; shift < 64 && all >> shift; shift += DIGIT_BITS) {
		uint32_t *swap = from;

		sort_by_digit(ids, from, to, count, shift);
		from = to;
		to = swap;
	}
	free(to);
	return from;
}

struct id_index *id_index_new(const int64_t *ids, size_t count, const uint32_t *by_id)
{
	struct id_index *index = memory_new(sizeof(*index));

	index->ids = ids;
	index->count = count;
	if (!by_id)
		index->sorted = id_index_sort(ids, count);
	index->by_id = by_id ? by_id : index->sorted;
	return index;
}

void id_index_free(struct id_index *index)
{
	if (!index)
		return;
	free(index->sorted);
	free(index);
}

bool id_index_find(const struct id_index *index, int64_t id, size_t *row)
{
	size_t low = 0;
	size_t high = index->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if ((uint64_t)index->ids[index->by_id[middle]] < (uint64_t)id)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == index->count || index->ids[index->by_id[low]] != id)
		return false;
	*row = index->by_id[low];
	return true;
}

struct id_map_slot {
	int64_t id;
	size_t row_plus_one; /* 0: empty */
};

static size_t slot_of(const struct id_map *map, int64_t id)
{
	size_t slot = (size_t)((uint64_t)id * UINT64_C(0x9e3779b97f4a7c15) >> 20);

	for (slot &= map->capacity - 1; map->slots[slot].row_plus_one;
		slot = (slot + 1) & (map->capacity - 1))
		if (map->slots[slot].id == id)
			break;
	return slot;
}

static void grow(struct id_map *map)
{
	struct id_map larger = {.capacity = map->capacity ? map->capacity * 2 : 16};

	larger.slots = memory_array(larger.capacity, sizeof(*larger.slots));
	for (size_t i = 0; i < map->capacity; i++)
		if (map->slots[i].row_plus_one)
			larger.slots[slot_of(&larger, map->slots[i].id)] = map->slots[i];
	larger.used = map->used;
	free(map->slots);
	*map = larger;
}

void id_map_finish(struct id_map *map)
{
	free(map->slots);
	*map = (struct id_map){0};
}

void id_map_put(struct id_map *map, int64_t id, size_t row)
{
	struct id_map_slot *slot;

	if (map->used * 2 >= map->capacity)
		grow(map);
	slot = &map->slots[slot_of(map, id)];
	map->used += slot->row_plus_one == 0;
	*slot = (struct id_map_slot){id, row + 1};
}

bool id_map_find(const struct id_map *map, int64_t id, size_t *row)
{
	const struct id_map_slot *slot;

	if (!map->capacity)
		return false;
	slot = &map->slots[slot_of(map, id)];
	if (!slot->row_plus_one)
		return false;
	*row = slot->row_plus_one - 1;
	return true;
}
