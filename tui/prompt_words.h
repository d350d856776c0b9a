#ifndef TUI_PROMPT_WORDS_H
#define TUI_PROMPT_WORDS_H

#include <stdbool.h>
#include <stddef.h>

/*
 * The words of a command line, separated by blanks; quotes and backslashes hold one together.
 * Nothing is expanded.
 */
struct prompt_words {
	char **words; /* NULL after the last */
	size_t count;
};

void prompt_words_split(struct prompt_words *words, const char *line); /* of a {0} */
void prompt_words_finish(struct prompt_words *words);

/* Where the last word of a line begins, and what it says so far; the word is yours to free. */
size_t prompt_words_last(const char *line, char **word);

/* A word as it has to be typed to stay one; yours to free. */
char *prompt_words_escape(const char *word);

/* A word that is an option: takes it out if it is there. */
bool prompt_words_take(struct prompt_words *words, const char *option);

/* "name=value": the value, taken out; yours to free, NULL if it is not there. */
char *prompt_words_take_value(struct prompt_words *words, const char *name);

#endif
