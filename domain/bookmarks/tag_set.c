#include "domain/bookmarks/tag_set.h"

#include <stdlib.h>
#include <string.h>

#include "domain/base/memory.h"
#include "domain/base/text.h"

void tag_set_clear(struct tag_set *set)
{
	for (size_t i = 0; i < set->count; i++)
		free(set->tags[i]);
	set->count = 0;
}

void tag_set_finish(struct tag_set *set)
{
	tag_set_clear(set);
	free(set->tags);
	*set = (struct tag_set){0};
}

static void insert(struct tag_set *set, size_t place, char *take)
{
	set->tags = memory_grow(set->tags, set->count, &set->capacity, sizeof(*set->tags));
	memmove(set->tags + place + 1, set->tags + place,
		(set->count - place) * sizeof(*set->tags));
	set->tags[place] = take;
	set->count++;
}

void tag_set_copy(struct tag_set *to, const struct tag_set *from)
{
	if (to == from)
		return;
	tag_set_clear(to);
	for (size_t i = 0; i < from->count; i++)
		insert(to, i, memory_copy_string(from->tags[i]));
}

bool tag_set_equal(const struct tag_set *a, const struct tag_set *b)
{
	if (a->count != b->count)
		return false;
	for (size_t i = 0; i < a->count; i++)
		if (strcmp(a->tags[i], b->tags[i]) != 0)
			return false;
	return true;
}

static unsigned char lower(unsigned char c)
{
	return c >= 'A' && c <= 'Z' ? c | 0x20 : c;
}

/* ASCII here, and no mark behind it that would make another letter of it. */
static bool is_ascii_alone(const unsigned char *at)
{
	return *at < 0x80 && (!*at || at[1] < 0x80);
}

/* Compares without case; false if that takes more than ASCII. */
static bool compare_ascii(const char *a, const char *b, int *order)
{
	const unsigned char *left = (const unsigned char *)a, *right = (const unsigned char *)b;

	while (*left && *left < 0x80 && lower(*left) == lower(*right)) {
		left++;
		right++;
	}
	*order = lower(*left) - lower(*right);
	return is_ascii_alone(left) && is_ascii_alone(right);
}

/* Compares without case. Most tags are ASCII, and need no folding. */
static int set_compare(const char *a, const char *b)
{
	char *folded_a, *folded_b;
	int order;

	if (compare_ascii(a, b, &order))
		return order;
	folded_a = text_fold_case(a);
	folded_b = text_fold_case(b);
	order = strcmp(folded_a, folded_b);
	free(folded_a);
	free(folded_b);
	return order;
}

/* The place of a tag, or the one it would take. */
static bool set_find(const struct tag_set *set, const char *tag, size_t *place)
{
	size_t low = 0, high = set->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = set_compare(set->tags[middle], tag);

		if (order == 0) {
			*place = middle;
			return true;
		}
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	*place = low;
	return false;
}

static bool is_tag(const char *tag)
{
	if (!*tag || strchr(tag, ','))
		return false;
	for (const unsigned char *c = (const unsigned char *)tag; *c; c++)
		if (*c < 0x20 || *c == 0x7f || (*c == 0xc2 && c[1] >= 0x80 && c[1] < 0xa0))
			return false;
	return true;
}

bool tag_set_add(struct tag_set *set, const char *tag)
{
	char *trimmed = text_trim(text_valid(tag, strlen(tag)));
	bool usable = is_tag(trimmed);
	size_t place;

	if (!usable || set_find(set, trimmed, &place))
		free(trimmed);
	else
		insert(set, place, trimmed);
	return usable;
}

bool tag_set_remove(struct tag_set *set, const char *tag)
{
	size_t place;

	if (!set_find(set, tag, &place))
		return false;
	free(set->tags[place]);
	set->count--;
	memmove(set->tags + place, set->tags + place + 1,
		(set->count - place) * sizeof(*set->tags));
	return true;
}

bool tag_set_has(const struct tag_set *set, const char *tag)
{
	size_t place;

	return set_find(set, tag, &place);
}

void tag_set_unite(struct tag_set *set, const struct tag_set *other)
{
	if (set->count == 0)
		tag_set_copy(set, other);
	else
		for (size_t i = 0; i < other->count; i++)
			tag_set_add(set, other->tags[i]);
}

void tag_set_subtract(struct tag_set *set, const struct tag_set *other)
{
	for (size_t i = 0; i < other->count; i++)
		tag_set_remove(set, other->tags[i]);
}

/* Adds the tags of a set that another has not, or in another case. */
static void add_missing(
	struct tag_set *missing, const struct tag_set *set, const struct tag_set *other)
{
	size_t place;

	for (size_t i = 0; i < set->count; i++)
		if (!set_find(other, set->tags[i], &place) ||
			strcmp(other->tags[place], set->tags[i]) != 0)
			tag_set_add(missing, set->tags[i]);
}

void tag_set_difference(const struct tag_set *before, const struct tag_set *after,
	struct tag_set *gone, struct tag_set *come)
{
	add_missing(gone, before, after);
	add_missing(come, after, before);
}

enum status tag_set_add_list(struct tag_set *set, const char *list, struct error *error)
{
	enum status status = STATUS_OK;

	while (*list && status == STATUS_OK) {
		size_t length = strcspn(list, ",");
		char *tag = text_trim(memory_copy_bytes(list, length));

		if (*tag && !tag_set_add(set, tag))
			status = error_fail(STATUS_INVALID, error,
				"a tag cannot hold control characters: %s", tag);
		free(tag);
		list += length + (list[length] == ',');
	}
	return status;
}

char *tag_set_join(const struct tag_set *set)
{
	size_t length = 0;
	char *joined, *end;

	for (size_t i = 0; i < set->count; i++)
		length += strlen(set->tags[i]) + 1;
	joined = end = memory_new(length + 1);
	for (size_t i = 0; i < set->count; i++) {
		if (i > 0)
			*end++ = ',';
		end = stpcpy(end, set->tags[i]);
	}
	return joined;
}

void tag_set_lend(struct tag_set *set, char *list)
{
	char *rest = *list ? list : NULL;

	set->count = 0;
	while (rest) {
		char *comma = strchr(rest, ',');

		set->tags = memory_grow(set->tags, set->count, &set->capacity, sizeof(*set->tags));
		set->tags[set->count++] = rest;
		if (comma)
			*comma++ = '\0';
		rest = comma;
	}
}
