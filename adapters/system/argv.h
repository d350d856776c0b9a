#ifndef ADAPTERS_SYSTEM_ARGV_H
#define ADAPTERS_SYSTEM_ARGV_H

#include <stddef.h>

#include "domain/base/error.h"
#include "domain/base/status.h"

/*
 * A command line from the environment or the configuration, as words: split at blanks, with
 * '...', "..." and \ to keep blanks within a word, and nothing else. No variable, pattern or
 * command in it means anything: no shell is ever asked.
 */
struct argv {
	char **items; /* ends in a NULL, as argv does; NULL if there is none */
	size_t count;
	size_t capacity;
};

/* STATUS_INVALID for an open quote, or a \ at the end. words is {0}; finish it in any case. */
enum status argv_split(struct argv *words, const char *line, struct error *error);

/* Puts a copy at the end. */
void argv_add(struct argv *words, const char *word);
void argv_finish(struct argv *words);

#endif
