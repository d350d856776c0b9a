#include "adapters/rows/checksum.h"

#include <string.h>

typedef uint64_t pair __attribute__((vector_size(16)));

#define BATCH (4 * sizeof(pair))

/* Fletcher's two sums, in eight lanes of 64 bits: what changes a word changes the first. */
struct sums {
	pair first[4];
	pair second[4];
};

static pair load(const char *bytes)
{
	pair words;

	memcpy(&words, bytes, sizeof(words));
	return words;
}

/* Written out, so that all eight stay in registers. */
static void add(struct sums *sums, const char *at, const char *end)
{
	pair a = sums->first[0], b = sums->first[1], c = sums->first[2], d = sums->first[3];
	pair e = sums->second[0], f = sums->second[1], g = sums->second[2], h = sums->second[3];

	for (; at < end; at += BATCH) {
		e += a += load(at);
		f += b += load(at + sizeof(pair));
		g += c += load(at + 2 * sizeof(pair));
		h += d += load(at + 3 * sizeof(pair));
	}
	*sums = (struct sums){{a, b, c, d}, {e, f, g, h}};
}

/* Loses nothing: different values stay different. */
static uint64_t mixed(uint64_t value)
{
	value ^= value >> 32;
	value *= UINT64_C(0xd6e8feb86659fd93);
	return value ^ value >> 29;
}

uint64_t checksum_of(const void *bytes, size_t length, uint64_t seed)
{
	char rest[BATCH] = {0};
	uint64_t words[sizeof(struct sums) / sizeof(uint64_t)];
	uint64_t sum = mixed(seed ^ length);
	size_t whole = length / BATCH * BATCH;
	struct sums sums;

	memset(&sums, 0, sizeof(sums));
	add(&sums, bytes, (const char *)bytes + whole);
	if (length > whole)
		memcpy(rest, (const char *)bytes + whole, length - whole);
	add(&sums, rest, rest + BATCH);
	memcpy(words, &sums, sizeof(words));
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		sum = mixed(sum ^ words[i]);
	return sum;
}
