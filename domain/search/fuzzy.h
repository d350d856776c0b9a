#ifndef DOMAIN_SEARCH_FUZZY_H
#define DOMAIN_SEARCH_FUZZY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * A folded word whose letters are looked for in their order, with gaps. Texts are folded but for
 * the case of ASCII letters, and lie in one block of memory that can be read up to readable, so
 * that 64 bytes are looked at in one go.
 */
#define FUZZY_LONGEST 16 /* letters of a word that is looked for so fast; all of them ASCII */

struct fuzzy_word {
	const char *text; /* borrowed */
	size_t length;
	char distinct[FUZZY_LONGEST];
	uint8_t order[FUZZY_LONGEST]; /* the word, in indices into distinct */
	uint8_t count;                /* of distinct; 0: it is looked for letter by letter */
};

void fuzzy_word_init(struct fuzzy_word *word, const char *text, size_t length);

bool fuzzy_word_in_text(
	const struct fuzzy_word *word, const char *begin, const char *end, const char *readable);

/* Within one of the tags between commas. */
bool fuzzy_word_in_tags(
	const struct fuzzy_word *word, const char *begin, const char *end, const char *readable);

/* The same of any letters, slowly: are those of text in [begin, end), in this order? */
bool fuzzy_matches(const char *text, size_t length, const char *begin, const char *end);

#endif
