#ifndef ADAPTERS_SQLITE_ID_LIST_H
#define ADAPTERS_SQLITE_ID_LIST_H

#include <stddef.h>
#include <stdint.h>

/* Ids as text, in their order, runs of rising ones joined: "3-7,12,10". The caller frees it. */
char *id_list_print(const int64_t *ids, size_t count);

/*
 * Reads such a text into *ids, which grows as it has to and stays the caller's; returns how many
 * there are, at most max. What cannot be read ends it.
 */
size_t id_list_read(const char *text, int64_t **ids, size_t *capacity, size_t max);

#endif
