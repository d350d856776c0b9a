#ifndef TUI_WORDS_H
#define TUI_WORDS_H

#include <stdbool.h>
#include <stddef.h>

/*
 * The words of a command line, separated by blanks; quotes and backslashes hold one together.
 * Nothing is expanded.
 */
struct words {
	char **words; /* NULL after the last */
	size_t count;
};

void words_split(struct words *words, const char *line); /* of a {0} */
void words_finish(struct words *words);

/* A word that is an option: takes it out if it is there. */
bool words_take(struct words *words, const char *option);

/* "name=value": the value, taken out; yours to free, NULL if it is not there. */
char *words_take_value(struct words *words, const char *name);

#endif
