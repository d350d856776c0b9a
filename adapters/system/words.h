#ifndef ADAPTERS_SYSTEM_WORDS_H
#define ADAPTERS_SYSTEM_WORDS_H

#include <stddef.h>

#include "domain/base/reason.h"
#include "domain/base/status.h"

/*
 * A command line from the environment or the configuration, as words: split at blanks, with
 * '...', "..." and \ to keep blanks within a word, and nothing else. No variable, pattern or
 * command in it means anything: no shell is ever asked.
 */
struct words {
	char **items; /* ends in a NULL, as argv does; NULL if there is none */
	size_t count;
	size_t capacity;
};

/* STATUS_INVALID for an open quote, or a \ at the end. words is {0}; finish it in any case. */
enum status words_split(struct words *words, const char *line, struct reason *reason);

/* Puts a copy at the end. */
void words_add(struct words *words, const char *word);
void words_finish(struct words *words);

#endif
