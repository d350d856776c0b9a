#ifndef DOMAIN_SEARCH_REGEX_H
#define DOMAIN_SEARCH_REGEX_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Regular expressions, by pcre2: Perl's syntax, Unicode, case counts unless (?i) lifts it.
 * Bounded: one text costs a fixed number of steps and a megabyte at most, and an expression that
 * has run into that bound too often matches nothing any more. Not for two threads at once.
 */
struct regex;

/* NULL if it cannot be read: message (of size bytes) says why, *at where in pattern. */
struct regex *regex_new(const char *pattern, size_t length, char *message, size_t size, size_t *at);
void regex_free(struct regex *regex);

bool regex_matches(struct regex *regex, const char *text, size_t length);

/* The first match at or after from that is not empty; false if there is none. */
bool regex_find(struct regex *regex, const char *text, size_t length, size_t from, size_t *begin,
	size_t *end);

#endif
