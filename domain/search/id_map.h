#ifndef DOMAIN_SEARCH_ID_MAP_H
#define DOMAIN_SEARCH_ID_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Which row, or other number, goes with which id: a hash table. { 0 } is an empty map. */
struct id_map {
	struct id_slot *slots;
	size_t capacity; /* a power of two */
	size_t used;
};

void id_map_clear(struct id_map *map);
void id_map_put(struct id_map *map, int64_t id, size_t row); /* in place of what it had */
bool id_map_find(const struct id_map *map, int64_t id, size_t *row);

#endif
