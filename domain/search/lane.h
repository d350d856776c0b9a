#ifndef DOMAIN_SEARCH_LANE_H
#define DOMAIN_SEARCH_LANE_H

#include <endian.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Sixteen bytes that are compared at once: of a comparison each is 0xff where it holds, else 0. */
#define LANE 16

typedef unsigned char lane __attribute__((vector_size(LANE)));

static inline lane lane_load(const char *bytes)
{
	lane lanes;

	memcpy(&lanes, bytes, sizeof(lanes));
	return lanes;
}

static inline lane lane_of(char byte)
{
	return (lane){0} + (unsigned char)byte;
}

/* A bit for each byte for which it holds, the first one lowest. */
static inline uint64_t lane_bits(lane lanes)
{
#ifdef __SSE2__
	typedef char chars __attribute__((vector_size(LANE)));

	return (uint64_t)(unsigned)__builtin_ia32_pmovmskb128((chars)lanes);
#else
	uint64_t halves[2];

	memcpy(halves, &lanes, sizeof(halves));
	for (size_t i = 0; i < 2; i++) {
		halves[i] = le64toh(halves[i]) & UINT64_C(0x8040201008040201);
		halves[i] = halves[i] * UINT64_C(0x0101010101010101) >> 56;
	}
	return halves[0] | halves[1] << 8;
#endif
}

#endif
