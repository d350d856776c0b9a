#ifndef DOMAIN_SEARCH_ID_INDEX_H
#define DOMAIN_SEARCH_ID_INDEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Which row has which id, over a column of ids that stays as it is. The column is lent. */
struct id_index;

/* by_id is lent too: the rows in the order of their ids; NULL has them sorted here. */
struct id_index *id_index_new(const int64_t *ids, size_t count, const uint32_t *by_id);

/* The rows in the order of their ids, as unsigned numbers; the caller frees it. */
uint32_t *id_index_sort(const int64_t *ids, size_t count);
void id_index_free(struct id_index *index);
bool id_index_find(const struct id_index *index, int64_t id, size_t *row);

/* The same for a few ids that come and go. { 0 } is an empty map. */
struct id_map {
	struct id_map_slot *slots;
	size_t capacity; /* a power of two */
	size_t used;
};

void id_map_finish(struct id_map *map);
void id_map_put(struct id_map *map, int64_t id, size_t row);
bool id_map_find(const struct id_map *map, int64_t id, size_t *row);

#endif
