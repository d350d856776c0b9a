#include "domain/search/text_scan.h"

#include <endian.h>
#include <string.h>

#include <utf8proc.h>

bool letter_starts_word(const char *begin, const char *place)
{
	const char *before = place;
	utf8proc_category_t category;
	int32_t point;

	if (place == begin)
		return true;
	if ((unsigned char)place[-1] < 0x80)
		return !letter_is_letter_or_digit((char)letter_lower(place[-1]));
	do {
		before--;
	} while (before > begin && ((unsigned char)*before & 0xc0) == 0x80);
	if (utf8proc_iterate((const uint8_t *)before, place - before, &point) <= 0)
		return true;
	category = utf8proc_category(point);
	return !(category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO) &&
	       !(category >= UTF8PROC_CATEGORY_ND && category <= UTF8PROC_CATEGORY_NO);
}

/* Of ASCII, those from "@" on, with the letters, are the lower half. */
static unsigned letter_bit(unsigned byte)
{
	return (byte & ~(byte >> 1 & 0x20)) % 64;
}

uint64_t letters_of(const char *text, size_t length)
{
	uint64_t letters = 0;

	for (size_t i = 0; i < length; i++) {
		const unsigned char byte = (unsigned char)text[i];

		letters |= UINT64_C(1) << (byte < 0x80 ? letter_bit(byte) : 0);
	}
	return letters;
}

/*
 * What is to be set in a byte before it is compared with a small letter, so that the capital is
 * found too. No other byte becomes that letter.
 */
static char letter_case_bit(char small)
{
	return small >= 'a' && small <= 'z' ? 0x20 : 0;
}

/* Sixteen bytes that are compared at once: of a comparison each is 0xff where it holds, else 0. */
#define SIMD16 16

typedef unsigned char simd16 __attribute__((vector_size(SIMD16)));

static inline simd16 simd16_load(const char *bytes)
{
	simd16 loaded;

	memcpy(&loaded, bytes, sizeof(loaded));
	return loaded;
}

static inline simd16 simd16_of(char byte)
{
	return (simd16){0} + (unsigned char)byte;
}

/* A bit for each byte for which it holds, the first one lowest. */
static inline uint64_t simd16_bits(simd16 bytes)
{
#ifdef __SSE2__
	typedef char chars __attribute__((vector_size(SIMD16)));

	return (uint64_t)(unsigned)__builtin_ia32_pmovmskb128((chars)bytes);
#else
	uint64_t halves[2];

	memcpy(halves, &bytes, sizeof(halves));
	for (size_t i = 0; i < 2; i++) {
		halves[i] = le64toh(halves[i]) & UINT64_C(0x8040201008040201);
		halves[i] = halves[i] * UINT64_C(0x0101010101010101) >> 56;
	}
	return halves[0] | halves[1] << 8;
#endif
}

#define BLOCKS (SCAN_AHEAD / SIMD16)

/*
 * How common a byte is in addresses, titles and notes, from 0; roughly. What is not named is rare.
 * A NUL stands between fields.
 */
static size_t commonness(char byte)
{
	static const char most_common_first[] = "eaoti rnslh/u\0cpmdgbf-yk.w,xv:zj0213456789q%_=?";
	const char *place = memchr(most_common_first, byte, sizeof(most_common_first) - 1);

	return place ? sizeof(most_common_first) - (size_t)(place - most_common_first) : 0;
}

static size_t distance(size_t a, size_t b)
{
	return a > b ? a - b : b - a;
}

/* Of equals the one farther away: neighbours often come together. */
static size_t rarest_beside(const char *bytes, size_t length, size_t other)
{
	size_t best = other == 0 && length > 1 ? 1 : 0;

	for (size_t i = 0; i < length; i++) {
		size_t more = commonness(bytes[i]);
		size_t least = commonness(bytes[best]);

		if (i != other &&
			(more < least ||
				(more == least && distance(i, other) > distance(best, other))))
			best = i;
	}
	return best;
}

void needle_init(struct needle *needle, const char *bytes, size_t length)
{
	size_t rarest = rarest_beside(bytes, length, length);
	size_t next = length > 1 ? rarest_beside(bytes, length, rarest) : rarest;

	needle->bytes = bytes;
	needle->length = length;
	needle->first = rarest < next ? rarest : next;
	needle->second = rarest < next ? next : rarest;
}

/* The two bytes, in sixteen places each, and what makes a capital of the text a small letter. */
struct probe {
	const struct needle *needle;
	simd16 first, first_case;
	simd16 second, second_case;
};

static struct probe probe_of(const struct needle *needle)
{
	const char first = needle->bytes[needle->first];
	const char second = needle->bytes[needle->second];

	return (struct probe){needle, simd16_of(first), simd16_of(letter_case_bit(first)),
		simd16_of(second), simd16_of(letter_case_bit(second))};
}

/* The places from at on where both bytes are where they must be. */
static inline simd16 candidates(const struct probe *probe, const char *at)
{
	const simd16 first = simd16_load(at + probe->needle->first) | probe->first_case;
	const simd16 second = simd16_load(at + probe->needle->second) | probe->second_case;

	return (simd16)(first == probe->first) & (simd16)(second == probe->second);
}

static bool stands_at(const struct needle *needle, const char *place)
{
	for (size_t i = 0; i < needle->length; i++)
		if (letter_lower(place[i]) != (unsigned char)needle->bytes[i])
			return false;
	return true;
}

/* The first of the places that are set, counted from at, where the whole needle stands. */
static const char *first_whole(
	const struct needle *needle, uint64_t places, const char *at, const char *last)
{
	for (; places; places &= places - 1) {
		const char *place = at + __builtin_ctzll(places);

		if (place > last)
			return NULL;
		if (needle->length <= 2 || stands_at(needle, place))
			return place;
	}
	return NULL;
}

/* The first of 64 places: mostly there is none, which is seen at once. */
static inline const char *find_in_blocks(
	const struct probe *probe, const char *at, const char *last)
{
	const simd16 a = candidates(probe, at);
	const simd16 b = candidates(probe, at + SIMD16);
	const simd16 c = candidates(probe, at + 2 * SIMD16);
	const simd16 d = candidates(probe, at + 3 * SIMD16);

	if (!simd16_bits(a | b | c | d))
		return NULL;
	return first_whole(probe->needle,
		simd16_bits(a) | simd16_bits(b) << SIMD16 | simd16_bits(c) << 2 * SIMD16 |
			simd16_bits(d) << 3 * SIMD16,
		at, last);
}

const char *needle_find(const struct needle *needle, const char *text, const char *end)
{
	const struct probe probe = probe_of(needle);
	const char *last = end - needle->length; /* where it could stand */
	const char *place;

	if (end < text || (size_t)(end - text) < needle->length)
		return NULL;
	/* Where it is common, the first sixteen places mostly have it. */
	place = first_whole(needle, simd16_bits(candidates(&probe, text)), text, last);
	for (; !place && text <= last; text += SCAN_AHEAD)
		place = find_in_blocks(&probe, text, last);
	return place;
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

/* What is looked at in one go: bits of a word stand for bytes of a text. */
#define WINDOW SCAN_AHEAD

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
		size_t step = letter_length(text);
		const char *place = step == 1 ? find_letter(*text, begin, end)
					      : memmem(begin, (size_t)(end - begin), text, step);

		if (!place)
			return false;
		begin = place + step;
		text += step;
	}
	return true;
}

bool fuzzy_word_in_text(const struct fuzzy_word *word, const char *begin, const char *end)
{
	uint64_t places[FUZZY_LONGEST];
	size_t found = 0;

	if (!word->count)
		return fuzzy_matches(word->text, word->length, begin, end);
	for (; begin < end && found < word->length; begin += WINDOW) {
		find_letters(word, begin, places);
		found += stand_in_order(word, found, places, first_places((size_t)(end - begin)));
	}
	return found == word->length;
}

static bool stand_in_many_tags(const struct fuzzy_word *word, const char *tags, const char *end)
{
	while (tags < end) {
		const char *comma = memchr(tags, ',', (size_t)(end - tags));
		const char *stop = comma ? comma : end;

		if (fuzzy_word_in_text(word, tags, stop))
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

bool fuzzy_word_in_tags(const struct fuzzy_word *word, const char *begin, const char *end)
{
	if (!word->count || end - begin > WINDOW)
		return stand_in_many_tags(word, begin, end);
	return stand_in_few_tags(word, begin, end);
}
