#include "domain/needle.h"

#include <endian.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#define LANE  16
#define LANES 4

typedef unsigned char lane __attribute__((vector_size(LANE)));

/*
 * How common a byte is in addresses, titles and notes, from 0; roughly, by groups. What is not
 * named is rare. A NUL stands between fields.
 */
static unsigned commonness(unsigned char byte)
{
	static const char *const groups[] = {
		"kvjxzq", "0123456789_", "bfgwypu", "hdlmc", "aionrs", "te /.-:"};

	if (byte == '\0')
		return 5;
	if (byte >= 0x80)
		return byte >= 0xe0 ? 2 : 3;
	for (unsigned i = 0; i < sizeof(groups) / sizeof(*groups); i++)
		if (strchr(groups[i], byte))
			return i + 1;
	return 0;
}

void needle_init(struct needle *needle, const char *bytes, size_t length)
{
	size_t rarest = 0;
	size_t next = length > 1 ? 1 : 0;

	for (size_t i = 1; i < length; i++) {
		unsigned common = commonness((unsigned char)bytes[i]);

		if (common < commonness((unsigned char)bytes[rarest])) {
			next = rarest;
			rarest = i;
		} else if (common < commonness((unsigned char)bytes[next])) {
			next = i;
		}
	}
	needle->bytes = bytes;
	needle->length = length;
	needle->first = rarest < next ? rarest : next;
	needle->second = rarest < next ? next : rarest;
}

static lane load(const char *bytes)
{
	lane lanes;

	memcpy(&lanes, bytes, sizeof(lanes));
	return lanes;
}

static lane candidates(const char *at, size_t first, size_t second, lane a, lane b)
{
	return (lane)(load(at + first) == a) & (lane)(load(at + second) == b);
}

static bool any(lane lanes)
{
	uint64_t halves[2];

	memcpy(halves, &lanes, sizeof(halves));
	return (halves[0] | halves[1]) != 0;
}

/* The first of the candidates at which the whole needle stands. */
static const char *verified(const struct needle *needle, const char *at, lane lanes)
{
	uint64_t halves[2];

	memcpy(halves, &lanes, sizeof(halves));
	for (size_t half = 0; half < 2; half++) {
		uint64_t bits = le64toh(halves[half]);

		while (bits) {
			size_t byte = (size_t)__builtin_ctzll(bits) / 8;
			const char *place = at + half * 8 + byte;

			if (memcmp(place, needle->bytes, needle->length) == 0)
				return place;
			bits &= ~(UINT64_C(0xff) << (byte * 8));
		}
	}
	return NULL;
}

static const char *find_in_lanes(const struct needle *needle, const char *at, lane a, lane b)
{
	for (size_t i = 0; i < LANES; i++, at += LANE) {
		lane lanes = candidates(at, needle->first, needle->second, a, b);
		const char *place = any(lanes) ? verified(needle, at, lanes) : NULL;

		if (place)
			return place;
	}
	return NULL;
}

static bool any_in_lanes(const struct needle *needle, const char *at, lane a, lane b)
{
	lane all = candidates(at, needle->first, needle->second, a, b);

	for (size_t i = 1; i < LANES; i++)
		all |= candidates(at + i * LANE, needle->first, needle->second, a, b);
	return any(all);
}

const char *needle_find(const struct needle *needle, const char *text, const char *end)
{
	const lane a = (lane){0} + (unsigned char)needle->bytes[needle->first];
	const lane b = (lane){0} + (unsigned char)needle->bytes[needle->second];
	const size_t reach = LANE * LANES + needle->length;
	const char *place;

	while ((size_t)(end - text) >= reach) {
		place = NULL;
		if (any_in_lanes(needle, text, a, b))
			place = find_in_lanes(needle, text, a, b);
		if (place)
			return place;
		text += LANE * LANES;
	}
	return memmem(text, (size_t)(end - text), needle->bytes, needle->length);
}
