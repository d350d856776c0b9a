#ifndef DOMAIN_SEARCH_LETTERS_H
#define DOMAIN_SEARCH_LETTERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Which bytes occur in a folded text, as a set: a to z and 0 to 9 have a bit each, what is rarer
 * shares the others. A set that lacks a bit proves that the byte is not there.
 */
#define LETTERS 40

uint64_t letters_of(const char *text, size_t length);

/* The bit of a byte, below LETTERS. */
unsigned letter_bit(unsigned char byte);

/* Has this byte a bit of its own, so that the set says all about it? */
bool letter_is_plain(unsigned char byte);

/* Does a word begin at place: is what stands before it, from begin on, no letter and no digit? */
bool letter_starts_word(const char *begin, const char *place);

#endif
