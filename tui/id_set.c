#include "tui/id_set.h"

#include <stdlib.h>
#include <string.h>

#include "domain/base/memory.h"

/* Where it is, or would be. */
static size_t place_of(const struct id_set *set, int64_t id)
{
	size_t low = 0;
	size_t high = set->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (set->ids[middle] < id)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

void id_set_finish(struct id_set *set)
{
	free(set->ids);
	*set = (struct id_set){0};
}

void id_set_clear(struct id_set *set)
{
	set->count = 0;
}

bool id_set_has(const struct id_set *set, int64_t id)
{
	size_t place = place_of(set, id);

	return place < set->count && set->ids[place] == id;
}

void id_set_add(struct id_set *set, int64_t id)
{
	size_t place = place_of(set, id);

	if (place < set->count && set->ids[place] == id)
		return;
	set->ids = memory_grow(set->ids, set->count, &set->capacity, sizeof(*set->ids));
	memmove(set->ids + place + 1, set->ids + place, (set->count - place) * sizeof(*set->ids));
	set->ids[place] = id;
	set->count++;
}

bool id_set_remove(struct id_set *set, int64_t id)
{
	size_t place = place_of(set, id);

	if (place == set->count || set->ids[place] != id)
		return false;
	set->count--;
	memmove(set->ids + place, set->ids + place + 1, (set->count - place) * sizeof(*set->ids));
	return true;
}

static int compare(const void *a, const void *b)
{
	int64_t left = *(const int64_t *)a;
	int64_t right = *(const int64_t *)b;

	return left < right ? -1 : left > right;
}

void id_set_unite(struct id_set *set, const int64_t *ids, size_t count)
{
	size_t all = set->count + count;
	size_t kept = 0;

	if (count == 0)
		return;
	if (all > set->capacity) {
		set->ids = memory_resize(set->ids, all, sizeof(*set->ids));
		set->capacity = all;
	}
	memcpy(set->ids + set->count, ids, count * sizeof(*ids));
	qsort(set->ids, all, sizeof(*set->ids), compare);
	for (size_t i = 0; i < all; i++) {
		if (kept == 0 || set->ids[kept - 1] != set->ids[i])
			set->ids[kept++] = set->ids[i];
	}
	set->count = kept;
}

void id_set_subtract(struct id_set *set, const int64_t *ids, size_t count)
{
	struct id_set gone = {0};
	size_t kept = 0;

	id_set_unite(&gone, ids, count);
	for (size_t i = 0; i < set->count; i++) {
		if (!id_set_has(&gone, set->ids[i]))
			set->ids[kept++] = set->ids[i];
	}
	set->count = kept;
	id_set_finish(&gone);
}

bool id_set_toggle(struct id_set *set, int64_t id)
{
	if (id_set_remove(set, id))
		return false;
	id_set_add(set, id);
	return true;
}
