#ifndef ADAPTERS_HTTP_NAME_LOOKUP_H
#define ADAPTERS_HTTP_NAME_LOOKUP_H

#include <stdbool.h>

/*
 * Whether a host's name exists at all. libcurl says only that it found no address, be it that there
 * is none or that nobody could tell just now; the resolver of the system knows which (getaddrinfo,
 * POSIX.1-2017). As that can block for many seconds, a few threads of its own ask; they end when
 * there is nothing to ask, and own all they work on.
 */
struct name_lookups;

enum name_existence {
	NAME_EXISTS,
	NAME_DOES_NOT_EXIST,
	NAME_CANNOT_BE_TOLD /* no resolver answers, or it failed */
};

struct name_lookups *name_lookups_new(void);
void name_lookups_free(struct name_lookups *lookups); /* waits for nothing; NULL is fine */

/* Readable while an answer waits; -1 before the first question. */
int name_lookups_fd(const struct name_lookups *lookups);

/* asker comes back with the answer. */
void name_lookups_ask(struct name_lookups *lookups, const char *host, void *asker);

/* False if no answer waits. */
bool name_lookups_next(struct name_lookups *lookups, void **asker, enum name_existence *existence);

#endif
