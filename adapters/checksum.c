#include "adapters/checksum.h"

#include <string.h>

#define LANES 8
#define ODD   UINT64_C(0x9e3779b97f4a7c15)

static uint64_t mixed(uint64_t value)
{
	value ^= value >> 32;
	value *= UINT64_C(0xd6e8feb86659fd93);
	return value ^ value >> 29;
}

/*
 * Each lane takes every eighth word by a step that loses nothing, so a difference in one word is
 * one in the end; so are the steps that bring the lanes together.
 */
uint64_t checksum_of(const void *bytes, size_t length, uint64_t seed)
{
	const char *at = bytes;
	uint64_t lanes[LANES];
	uint64_t words[LANES];
	uint64_t sum = mixed(seed ^ length);

	for (size_t i = 0; i < LANES; i++)
		lanes[i] = ODD + i;
	for (; length >= sizeof(words); length -= sizeof(words), at += sizeof(words)) {
		memcpy(words, at, sizeof(words));
		for (size_t i = 0; i < LANES; i++)
			lanes[i] = (lanes[i] ^ words[i]) * ODD;
	}
	memset(words, 0, sizeof(words));
	memcpy(words, at, length);
	for (size_t i = 0; i < LANES; i++)
		sum = mixed(sum ^ (lanes[i] ^ words[i]) * ODD);
	return sum;
}
