#include "domain/bookmarks/tag_counts.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "domain/base/memory.h"
#include "domain/base/text.h"

struct spelling {
	char *tag;
	size_t length;
	size_t count;
	uint64_t hash;
	char *folded; /* only while they are visited */
};

/* Spellings, and a table of places in them plus one: open addressing, a power of two slots. */
struct tag_counts {
	struct spelling *spellings;
	size_t count;
	size_t capacity;
	uint32_t *slots;
	size_t slot_count;
};

struct tag_counts *tag_counts_new(void)
{
	struct tag_counts *counts = memory_new(sizeof(*counts));

	counts->slot_count = 256;
	counts->slots = memory_array(counts->slot_count, sizeof(*counts->slots));
	return counts;
}

void tag_counts_free(struct tag_counts *counts)
{
	if (!counts)
		return;
	for (size_t i = 0; i < counts->count; i++)
		free(counts->spellings[i].tag);
	free(counts->spellings);
	free(counts->slots);
	free(counts);
}

/* FNV-1a, 64 bit. */
static uint64_t hash_of(const char *tag, size_t length)
{
	uint64_t hash = 0xcbf29ce484222325u;

	for (size_t i = 0; i < length; i++)
		hash = (hash ^ (unsigned char)tag[i]) * 0x100000001b3u;
	return hash;
}

static void fill_slot(struct tag_counts *counts, size_t place)
{
	size_t slot = counts->spellings[place].hash & (counts->slot_count - 1);

	while (counts->slots[slot])
		slot = (slot + 1) & (counts->slot_count - 1);
	counts->slots[slot] = (uint32_t)place + 1;
}

static void widen(struct tag_counts *counts)
{
	free(counts->slots);
	counts->slot_count *= 2;
	counts->slots = memory_array(counts->slot_count, sizeof(*counts->slots));
	for (size_t i = 0; i < counts->count; i++)
		fill_slot(counts, i);
}

static struct spelling *counts_find(
	struct tag_counts *counts, const char *tag, size_t length, uint64_t hash)
{
	size_t slot = hash & (counts->slot_count - 1);

	while (counts->slots[slot]) {
		struct spelling *spelling = &counts->spellings[counts->slots[slot] - 1];

		if (spelling->length == length && memcmp(spelling->tag, tag, length) == 0)
			return spelling;
		slot = (slot + 1) & (counts->slot_count - 1);
	}
	return NULL;
}

void tag_counts_add(struct tag_counts *counts, const char *tag, size_t length)
{
	uint64_t hash = hash_of(tag, length);
	struct spelling *spelling = counts_find(counts, tag, length, hash);

	if (spelling) {
		spelling->count++;
		return;
	}
	counts->spellings = memory_grow(
		counts->spellings, counts->count, &counts->capacity, sizeof(*counts->spellings));
	counts->spellings[counts->count] = (struct spelling){
		.tag = memory_copy_bytes(tag, length), .length = length, .count = 1, .hash = hash};
	fill_slot(counts, counts->count++);
	if (counts->count * 2 > counts->slot_count)
		widen(counts);
}

void tag_counts_add_list(struct tag_counts *counts, const char *list)
{
	while (*list) {
		size_t length = strcspn(list, ",");

		tag_counts_add(counts, list, length);
		list += length + (list[length] == ',');
	}
}

/* Same tags together, the most frequent spelling first. */
static int counts_compare(const void *a, const void *b)
{
	const struct spelling *left = *(struct spelling *const *)a;
	const struct spelling *right = *(struct spelling *const *)b;
	int order = strcmp(left->folded, right->folded);

	if (order != 0)
		return order;
	if (left->count != right->count)
		return left->count > right->count ? -1 : 1;
	return strcmp(left->tag, right->tag);
}

/* Their own order would break the slots, so pointers are sorted. */
static struct spelling **sorted(struct tag_counts *counts)
{
	struct spelling **order = memory_array(counts->count, sizeof(*order));

	for (size_t i = 0; i < counts->count; i++) {
		order[i] = &counts->spellings[i];
		order[i]->folded = text_fold_case(order[i]->tag);
	}
	qsort(order, counts->count, sizeof(struct spelling *), counts_compare);
	return order;
}

void tag_counts_each(struct tag_counts *counts,
	bool (*visit)(void *self, const char *tag, size_t count), void *self)
{
	struct spelling **order = sorted(counts);
	bool going_on = true;
	size_t i = 0;

	while (i < counts->count && going_on) {
		const struct spelling *first = order[i];
		size_t total = 0;

		for (; i < counts->count && strcmp(order[i]->folded, first->folded) == 0; i++)
			total += order[i]->count;
		going_on = visit(self, first->tag, total);
	}
	for (i = 0; i < counts->count; i++)
		free(order[i]->folded);
	free(order);
}
