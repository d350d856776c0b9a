#ifndef DOMAIN_BASE_TEXT_H
#define DOMAIN_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Unicode text: made comparable, made safe to print, measured in columns. UTF-8 throughout.
 * Built on utf8proc (of its version of Unicode: UAX 15 normal forms, UAX 29 clusters, UTS 18 case
 * folding) and on the C library's wcwidth(), which is what curses believes of a terminal. Every
 * char * returned is the caller's to free.
 */

/*
 * The folded form that search compares: NFKD, full case folding, marks left out, and the letters
 * that no decomposition takes apart as people type them (ł l, đ and ð d, ø o, ħ h, ŧ t, ı i, ĸ k,
 * æ ae, œ oe, þ th); "ß" is "ss", a final sigma is a sigma. Bytes that are not UTF-8 become U+FFFD.
 * The C0 controls become the noncharacters U+FDD0 to U+FDEF: a folded text never holds a byte below
 * 0x20, and yet tells them apart. Folding twice is folding once.
 */
char *text_fold(const char *text, size_t length, size_t *folded_length);

/*
 * The same, and for each byte of the folded text the offset in text of the character it comes
 * from; one entry more, at the end, is length. Both are the caller's to free. Where each comes
 * from the byte in its own place, as in ASCII, there are no offsets: *origins is NULL.
 */
char *text_fold_origins(const char *text, size_t length, size_t *folded_length, size_t **origins);

/* Names what text_fold() does: another name, and it may fold a text in another way. */
const char *text_fold_version(void);

/* The form in which tags are compared: NFC and case folding only; "é" is not "e". */
char *text_fold_case(const char *text);

/* The bytes of a code point of up to U+10FFFF, at most TEXT_POINT_MAX; how many they are. */
#define TEXT_POINT_MAX 4
size_t text_encode(int32_t point, char bytes[static TEXT_POINT_MAX]);

/* As given, with each byte that is not UTF-8 (overlong, surrogate, NUL too) made U+FFFD. */
char *text_valid(const char *text, size_t length);
bool text_is_valid(const char *text, size_t length);
bool text_is_ascii(const char *text, size_t length);
bool text_is_digit(char c); /* of ASCII */

/* Bytes of the blank (Unicode white space) that text begins with; 0 if it does not. */
size_t text_blank(const char *text);

/* Bytes of the letter or decimal digit that text begins with; 0 if it does not. */
size_t text_letter_or_digit(const char *text);

/* Blanks (Unicode white space) and line ends at both ends dropped, in place; returns text. */
char *text_trim(char *text);

/*
 * Safe for any terminal, pipe or log, on one line: line breaks and tabs become blanks, other C0
 * controls and DEL become ^X, C1 <9B>, bidirectional controls (U+061C, 200E-F, 202A-E, 2066-9)
 * and U+2028-9 become visible marks such as <202E>; bad bytes become U+FFFD.
 */
char *text_printable(const char *text);

/*
 * As text_printable(), and reduced to what every terminal measures alike: zero-width and filler
 * characters, variation selectors and skin tones dropped, of a ZWJ chain the first emoji kept,
 * at most eight marks a cluster, what wcwidth() does not know made U+FFFD; NFC. A displayable
 * text is its own displayable form. This is what the screen and aligned columns show.
 */
char *text_displayable(const char *text);

/* Printable ASCII and nothing else: displayable as it is, which most of what is shown is. */
bool text_is_plain(const char *text);

/*
 * Columns of a displayable text on a terminal: the sum of wcwidth() of each code point, as in a
 * UTF-8 locale, whatever the locale in force, so that a layout never depends on it.
 */
size_t text_width(const char *text);

/* Bytes of the longest beginning of a displayable text that is at most columns wide, cut between
 * clusters. */
size_t text_fit(const char *text, size_t columns);

/* Bytes of the grapheme cluster that begins at text; 0 at the end. And of the one that ends at end.
 */
size_t text_cluster(const char *text);
size_t text_cluster_before(const char *text, size_t end);

#endif
