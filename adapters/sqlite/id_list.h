#ifndef ADAPTERS_SQLITE_ID_LIST_H
#define ADAPTERS_SQLITE_ID_LIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "domain/base/buffer.h"

/* Ids as text, in their order, runs of rising ones joined: "3-7,12,10". The caller frees it. */
char *id_list_print(const int64_t *ids, size_t count);

/*
 * Reads such a text into *ids, which grows as it has to and stays the caller's; returns how many
 * there are, at most max. What cannot be read ends it.
 */
size_t id_list_read(const char *text, int64_t **ids, size_t *capacity, size_t max);

/*
 * Many ids in an order, in little memory: each is kept as its distance from the one before, in as
 * few bytes as that takes, so that a million that were added one after the other are a megabyte.
 * They are taken out in the order in which they were put in. { 0 } is empty.
 */
struct id_sequence {
	struct buffer bytes;
	size_t taken;  /* bytes that were read */
	uint64_t last; /* put, while it is filled; then taken */
};

void id_sequence_put(struct id_sequence *sequence, int64_t id);
void id_sequence_rewind(struct id_sequence *sequence); /* once all are in: to the first */
bool id_sequence_take(struct id_sequence *sequence, int64_t *id); /* false when there is none */
void id_sequence_finish(struct id_sequence *sequence);

#endif
