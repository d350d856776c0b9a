#ifndef DOMAIN_SEARCH_TEXT_SCAN_H
#define DOMAIN_SEARCH_TEXT_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Finding words in texts, many bytes at a time. A word is folded (text_fold()); a text too, but
 * that its ASCII letters may be of either case: who compares takes capitals for small letters. So
 * many bytes behind the end of a text can be read, whatever they are.
 */
#define SCAN_AHEAD 64

/* The small letter of an ASCII letter; any other byte as it is. */
static inline unsigned char letter_lower(char byte)
{
	return (unsigned char)(byte >= 'A' && byte <= 'Z' ? byte | 0x20 : byte);
}

static inline bool letter_is_letter_or_digit(char lower)
{
	return (lower >= 'a' && lower <= 'z') || (lower >= '0' && lower <= '9');
}

/* Bytes of the character that begins at text, which is not at its end. */
static inline size_t letter_length(const char *text)
{
	size_t length = 1;

	while (((unsigned char)text[length] & 0xc0) == 0x80)
		length++;
	return length;
}

/* Does a word begin at place: is what stands before it, from begin on, no letter and no digit? */
bool letter_starts_word(const char *begin, const char *place);

/*
 * Which bytes occur in a text, as a set: each byte from the blank on has a bit, a letter shares it
 * with its capital, and all that is not ASCII has one together. A set that lacks a bit proves that
 * the byte is not there.
 */
uint64_t letters_of(const char *text, size_t length);

/*
 * A run of bytes to be found in long texts. Two of them, the rarest in ordinary text, are looked
 * for in sixteen places at once.
 */
struct needle {
	const char *bytes; /* lent */
	size_t length;     /* at least 1 */
	size_t first;      /* where in bytes the two are, first <= second */
	size_t second;
};

void needle_init(struct needle *needle, const char *bytes, size_t length);

/* The first place in [text, end) where it stands whole; NULL if there is none. */
const char *needle_find(const struct needle *needle, const char *text, const char *end);

/* A word whose letters are looked for in their order, with gaps. */
#define FUZZY_LONGEST 16 /* letters of a word that is looked for fast; all of them ASCII */

struct fuzzy_word {
	const char *text; /* lent; with its NUL */
	size_t length;
	char distinct[FUZZY_LONGEST];
	uint8_t order[FUZZY_LONGEST]; /* the word, in indices into distinct */
	uint8_t count;                /* of distinct; 0: it is looked for letter by letter */
};

void fuzzy_word_init(struct fuzzy_word *word, const char *text, size_t length);

bool fuzzy_word_in_text(const struct fuzzy_word *word, const char *begin, const char *end);

/* Within one of the tags between commas. */
bool fuzzy_word_in_tags(const struct fuzzy_word *word, const char *begin, const char *end);

/* The same of any letters, slowly, and reading nothing behind the end. */
bool fuzzy_matches(const char *text, size_t length, const char *begin, const char *end);

#endif
