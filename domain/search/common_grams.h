#ifndef DOMAIN_SEARCH_COMMON_GRAMS_H
#define DOMAIN_SEARCH_COMMON_GRAMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct row_table;

/*
 * Runs of bytes that many rows hold, so that it is worth knowing by heart which ones do: for most
 * of what is typed first, and for what is in every address, nothing else is as slow to look for.
 * None has a blank, a comma or a NUL. Of every one its beginnings are there too.
 */
#define GRAM_SHORTEST 2
#define GRAM_LONGEST  12

/* In the order of their bytes. Made of bytes alone: it is written into files as it stands. */
struct common_gram {
	char bytes[GRAM_LONGEST]; /* NULs behind */
	uint8_t length;
	uint8_t very_common;
	uint16_t unused;
	uint32_t column; /* of a row_index.h, which gives it */
};

/* Chooses them from a sample of the rows. The caller frees them. */
struct common_gram *common_grams_choose(const struct row_table *table, size_t *count);

/* The longest one that a text of this length begins with; NULL if there is none. */
const struct common_gram *common_grams_longest(
	const struct common_gram *grams, size_t count, const char *text, size_t length);

/* For finding all of them in long texts. */
struct gram_walk;

struct gram_walk *gram_walk_new(const struct common_gram *grams, size_t count);
void gram_walk_free(struct gram_walk *walk);

/* The number of the gram of two bytes; of one that has a byte more. -1 if there is none. */
int gram_walk_begin(const struct gram_walk *walk, const char *two);
int gram_walk_on(const struct gram_walk *walk, int gram, char byte);

#endif
