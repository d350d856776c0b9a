#include "domain/search/id_map.h"

#include <stdlib.h>

#include "domain/base/memory.h"

struct id_slot {
	int64_t id;
	size_t row_plus_one; /* 0: empty */
};

void id_map_clear(struct id_map *map)
{
	free(map->slots);
	*map = (struct id_map){0};
}

static size_t id_map_slot(const struct id_map *map, int64_t id)
{
	size_t slot = (size_t)((uint64_t)id * UINT64_C(0x9e3779b97f4a7c15) >> 20);

	for (slot &= map->capacity - 1; map->slots[slot].row_plus_one;
		slot = (slot + 1) & (map->capacity - 1))
		if (map->slots[slot].id == id)
			break;
	return slot;
}

static void id_map_grow(struct id_map *map)
{
	struct id_map larger = {.capacity = map->capacity ? map->capacity * 2 : 16};

	larger.slots = memory_array(larger.capacity, sizeof(*larger.slots));
	for (size_t i = 0; i < map->capacity; i++)
		if (map->slots[i].row_plus_one)
			larger.slots[id_map_slot(&larger, map->slots[i].id)] = map->slots[i];
	larger.used = map->used;
	free(map->slots);
	*map = larger;
}

void id_map_put(struct id_map *map, int64_t id, size_t row)
{
	struct id_slot *slot;

	if (map->used * 2 >= map->capacity)
		id_map_grow(map);
	slot = &map->slots[id_map_slot(map, id)];
	map->used += slot->row_plus_one == 0;
	*slot = (struct id_slot){id, row + 1};
}

bool id_map_find(const struct id_map *map, int64_t id, size_t *row)
{
	const struct id_slot *slot;

	if (!map->capacity)
		return false;
	slot = &map->slots[id_map_slot(map, id)];
	if (!slot->row_plus_one)
		return false;
	*row = slot->row_plus_one - 1;
	return true;
}
