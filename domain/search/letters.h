#ifndef DOMAIN_SEARCH_LETTERS_H
#define DOMAIN_SEARCH_LETTERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The small letter of an ASCII letter; any other byte as it is. */
static inline unsigned char letter_lower(char byte)
{
	return (unsigned char)(byte >= 'A' && byte <= 'Z' ? byte | 0x20 : byte);
}

/*
 * What is to be set in a byte before it is compared with a small letter, so that the capital is
 * found too. No other byte becomes that letter.
 */
static inline char letter_case_bit(char small)
{
	return small >= 'a' && small <= 'z' ? 0x20 : 0;
}

/*
 * Which bytes occur in a text, as a set: each byte from the blank on has a bit, a letter shares it
 * with its capital, and all that is not ASCII has one together. A set that lacks a bit proves that
 * the byte is not there; no other byte than the two shares that of a letter, or of a digit.
 */
uint64_t letters_of(const char *text, size_t length);

static inline bool letter_is_letter_or_digit(char lower)
{
	return (lower >= 'a' && lower <= 'z') || (lower >= '0' && lower <= '9');
}

/* Does a word begin at place: is what stands before it, from begin on, no letter and no digit? */
bool letter_starts_word(const char *begin, const char *place);

#endif
