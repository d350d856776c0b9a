#include "domain/search/fuzzy.h"

#include <string.h>

#include "domain/search/letters.h"
#include "domain/search/simd16.h"

static size_t point_length(const char *text)
{
	size_t length = 1;

	while (((unsigned char)text[length] & 0xc0) == 0x80)
		length++;
	return length;
}

void fuzzy_word_init(struct fuzzy_word *word, const char *text, size_t length)
{
	*word = (struct fuzzy_word){.text = text, .length = length};
	for (size_t i = 0; i < length; i++) {
		const char *known = memchr(word->distinct, text[i], word->count);

		if (length > FUZZY_LONGEST || (unsigned char)text[i] >= 0x80) {
			word->count = 0;
			return;
		}
		word->order[i] = known ? (uint8_t)(known - word->distinct) : word->count;
		if (!known)
			word->distinct[word->count++] = text[i];
	}
}

/* What can be looked at in one go: bits of a word stand for bytes of a text. */
#define WINDOW 64

/* Where a byte stands in the window that begins here, all of which can be read. */
static inline uint64_t places_of(char byte, const char *begin)
{
	const simd16 wanted = simd16_of(byte);
	const simd16 any_case = simd16_of(letter_case_bit(byte));
	uint64_t places = 0;

	for (size_t at = 0; at < WINDOW; at += SIMD16)
		places |= simd16_bits((simd16)((simd16_load(begin + at) | any_case) == wanted))
			  << at;
	return places;
}

static void find_letters(const struct fuzzy_word *word, const char *begin, uint64_t *places)
{
	for (size_t i = 0; i < word->count; i++)
		places[i] = places_of(word->distinct[i], begin);
}

/*
 * How many letters of the word, from one on, stand in the places that are left, each behind the
 * one before. Without a branch, as none could be foretold: once a letter is not there, nothing is
 * left for those behind it.
 */
static size_t stand_in_order(
	const struct fuzzy_word *word, size_t from, const uint64_t *places, uint64_t left)
{
	size_t count = 0;

	for (size_t i = from; i < word->length; i++) {
		uint64_t here = places[word->order[i]] & left;

		left &= ~(here ^ (here - 1)); /* up to the lowest bit, or all if there is none */
		count += here != 0;
	}
	return count;
}

static uint64_t first_places(size_t count)
{
	return count < WINDOW ? (UINT64_C(1) << count) - 1 : UINT64_MAX;
}

static const char *find_letter(char small, const char *begin, const char *end)
{
	while (begin < end && letter_lower(*begin) != (unsigned char)small)
		begin++;
	return begin < end ? begin : NULL;
}

bool fuzzy_matches(const char *text, size_t length, const char *begin, const char *end)
{
	const char *stop = text + length;

	while (text < stop) {
		size_t step = point_length(text);
		const char *place = step == 1 ? find_letter(*text, begin, end)
					      : memmem(begin, (size_t)(end - begin), text, step);

		if (!place)
			return false;
		begin = place + step;
		text += step;
	}
	return true;
}

/* Windows may reach over the end, as far as there is something to read. */
bool fuzzy_word_in_text(
	const struct fuzzy_word *word, const char *begin, const char *end, const char *readable)
{
	uint64_t places[FUZZY_LONGEST];
	size_t found = 0;

	if (!word->count || readable - end < WINDOW)
		return fuzzy_matches(word->text, word->length, begin, end);
	for (; begin < end && found < word->length; begin += WINDOW) {
		find_letters(word, begin, places);
		found += stand_in_order(word, found, places, first_places((size_t)(end - begin)));
	}
	return found == word->length;
}

static bool stand_in_many_tags(
	const struct fuzzy_word *word, const char *tags, const char *end, const char *readable)
{
	while (tags < end) {
		const char *comma = memchr(tags, ',', (size_t)(end - tags));
		const char *stop = comma ? comma : end;

		if (fuzzy_word_in_text(word, tags, stop, readable))
			return true;
		tags = stop + 1;
	}
	return false;
}

/* Tags that are one window: each between two commas. */
static bool stand_in_few_tags(const struct fuzzy_word *word, const char *tags, const char *end)
{
	uint64_t places[FUZZY_LONGEST];
	uint64_t left = first_places((size_t)(end - tags));
	uint64_t commas;

	find_letters(word, tags, places);
	if (stand_in_order(word, 0, places, left) < word->length)
		return false;
	for (commas = places_of(',', tags) & left; commas; commas &= commas - 1) {
		uint64_t tag = left & (commas ^ (commas - 1));

		if (stand_in_order(word, 0, places, tag) == word->length)
			return true;
		left &= ~tag;
	}
	return stand_in_order(word, 0, places, left) == word->length;
}

bool fuzzy_word_in_tags(
	const struct fuzzy_word *word, const char *begin, const char *end, const char *readable)
{
	if (!word->count || end - begin > WINDOW || readable - begin < WINDOW)
		return stand_in_many_tags(word, begin, end, readable);
	return stand_in_few_tags(word, begin, end);
}
