#include "adapters/checksum.h"

#include <string.h>

typedef uint64_t pair __attribute__((vector_size(16)));

#define LANES 4

/* Fletcher's two sums, in eight lanes of 64 bits: what changes a word changes the first. */
struct sums {
	pair first[LANES];
	pair second[LANES];
};

static void add(struct sums *sums, const char *bytes)
{
	pair words[LANES];

	memcpy(words, bytes, sizeof(words));
	for (size_t i = 0; i < LANES; i++) {
		sums->first[i] += words[i];
		sums->second[i] += sums->first[i];
	}
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
	const char *at = bytes;
	char rest[sizeof(pair) * LANES] = {0};
	uint64_t words[sizeof(struct sums) / sizeof(uint64_t)];
	uint64_t sum = mixed(seed ^ length);
	struct sums sums;

	memset(&sums, 0, sizeof(sums));
	for (; length >= sizeof(rest); length -= sizeof(rest), at += sizeof(rest))
		add(&sums, at);
	if (length)
		memcpy(rest, at, length);
	add(&sums, rest);
	memcpy(words, &sums, sizeof(words));
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		sum = mixed(sum ^ words[i]);
	return sum;
}
