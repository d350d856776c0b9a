#include "domain/search/needle.h"

#include <stdbool.h>
#include <stdint.h>

#include "domain/search/letters.h"
#include "domain/search/simd16.h"

#define BLOCKS 4

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
	const struct needle *needle, uint64_t places, const char *at, const char *end)
{
	for (; places; places &= places - 1) {
		const char *place = at + __builtin_ctzll(places);

		if ((size_t)(end - place) < needle->length)
			return NULL;
		if (needle->length <= 2 || stands_at(needle, place))
			return place;
	}
	return NULL;
}

/* The first of the sixteen places from at on. */
static const char *find_in_block(const struct probe *probe, const char *at, const char *end)
{
	return first_whole(probe->needle, simd16_bits(candidates(probe, at)), at, end);
}

/* The first of 64 places: mostly there is none, which is seen at once. */
static inline const char *find_in_blocks(const struct probe *probe, const char *at, const char *end)
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
		at, end);
}

static const char *find_in_short(const struct needle *needle, const char *text, const char *end)
{
	for (; (size_t)(end - text) >= needle->length; text++)
		if (stands_at(needle, text))
			return text;
	return NULL;
}

/* A simd16 at a time, the last one reaching back over what was seen already. */
static const char *find_in_rest(const struct probe *probe, const char *text, const char *end)
{
	const size_t reach = SIMD16 + probe->needle->second;
	const char *place = NULL;

	if ((size_t)(end - text) < reach)
		return find_in_short(probe->needle, text, end);
	for (; !place && (size_t)(end - text) > reach; text += SIMD16)
		place = find_in_block(probe, text, end);
	return place ? place : find_in_block(probe, end - reach, end);
}

const char *needle_find(const struct needle *needle, const char *text, const char *end)
{
	const struct probe probe = probe_of(needle);
	const size_t reach = SIMD16 * BLOCKS + needle->second;
	const char *place = NULL;

	/* Where it is common, the first simd16 mostly has it. */
	if ((size_t)(end - text) >= reach)
		place = find_in_block(&probe, text, end);
	for (; !place && (size_t)(end - text) >= reach; text += SIMD16 * BLOCKS)
		place = find_in_blocks(&probe, text, end);
	return place ? place : find_in_rest(&probe, text, end);
}
