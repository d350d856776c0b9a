#include "domain/search/needle.h"

#include <stdbool.h>

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

static simd16 candidates(const char *at, size_t first, size_t second, simd16 a, simd16 b)
{
	return (simd16)(simd16_load(at + first) == a) & (simd16)(simd16_load(at + second) == b);
}

static bool any(simd16 matches)
{
	uint64_t halves[2];

	memcpy(halves, &matches, sizeof(halves));
	return (halves[0] | halves[1]) != 0;
}

/* The first of the candidates at which the whole needle stands, and ends by end. */
static const char *verified(
	const struct needle *needle, const char *at, const char *end, simd16 matches)
{
	uint64_t halves[2];

	memcpy(halves, &matches, sizeof(halves));
	for (size_t half = 0; half < 2; half++) {
		uint64_t bits = le64toh(halves[half]);

		while (bits) {
			size_t byte = (size_t)__builtin_ctzll(bits) / 8;
			const char *place = at + half * 8 + byte;

			if ((size_t)(end - place) < needle->length)
				return NULL;
			if (needle->length <= 2 ||
				memcmp(place, needle->bytes, needle->length) == 0)
				return place;
			bits &= ~(UINT64_C(0xff) << (byte * 8));
		}
	}
	return NULL;
}

static const char *find_in_block(
	const struct needle *needle, const char *at, const char *end, simd16 a, simd16 b)
{
	simd16 matches = candidates(at, needle->first, needle->second, a, b);

	return any(matches) ? verified(needle, at, end, matches) : NULL;
}

static bool any_in_blocks(const struct needle *needle, const char *at, simd16 a, simd16 b)
{
	simd16 all = candidates(at, needle->first, needle->second, a, b);

	for (size_t i = 1; i < BLOCKS; i++)
		all |= candidates(at + i * SIMD16, needle->first, needle->second, a, b);
	return any(all);
}

/* A simd16 at a time, the last one reaching back over what was seen already. */
static const char *find_in_rest(
	const struct needle *needle, const char *text, const char *end, simd16 a, simd16 b)
{
	const size_t reach = SIMD16 + needle->second;
	const char *place = NULL;

	if ((size_t)(end - text) < reach)
		return memmem(text, (size_t)(end - text), needle->bytes, needle->length);
	for (; !place && (size_t)(end - text) > reach; text += SIMD16)
		place = find_in_block(needle, text, end, a, b);
	return place ? place : find_in_block(needle, end - reach, end, a, b);
}

const char *needle_find(const struct needle *needle, const char *text, const char *end)
{
	const simd16 a = simd16_of(needle->bytes[needle->first]);
	const simd16 b = simd16_of(needle->bytes[needle->second]);
	const size_t reach = SIMD16 * BLOCKS + needle->second;
	const char *place = NULL;

	/* Where it is common, the first simd16 mostly has it. */
	if ((size_t)(end - text) >= reach)
		place = find_in_block(needle, text, end, a, b);
	if (place)
		return place;
	while ((size_t)(end - text) >= reach) {
		if (!any_in_blocks(needle, text, a, b)) {
			text += SIMD16 * BLOCKS;
			continue;
		}
		for (size_t i = 0; i < BLOCKS && !place; i++, text += SIMD16)
			place = find_in_block(needle, text, end, a, b);
		if (place)
			return place;
	}
	return find_in_rest(needle, text, end, a, b);
}
