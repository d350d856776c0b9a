#ifndef DOMAIN_SEARCH_SIMD16_H
#define DOMAIN_SEARCH_SIMD16_H

#include <endian.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

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

#endif
