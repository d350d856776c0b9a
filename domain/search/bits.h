#ifndef DOMAIN_SEARCH_BITS_H
#define DOMAIN_SEARCH_BITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Sets of small numbers, one bit each, in words of 64. */
#define BITS_WORDS(count) (((count) + 63) / 64)

static inline bool bits_has(const uint64_t *bits, size_t number)
{
	return bits[number / 64] >> (number % 64) & 1;
}

static inline void bits_add(uint64_t *bits, size_t number)
{
	bits[number / 64] |= UINT64_C(1) << (number % 64);
}

static inline void bits_drop(uint64_t *bits, size_t number)
{
	bits[number / 64] &= ~(UINT64_C(1) << (number % 64));
}

static inline bool bits_any(const uint64_t *bits, size_t words)
{
	for (size_t i = 0; i < words; i++)
		if (bits[i])
			return true;
	return false;
}

static inline size_t bits_count(const uint64_t *bits, size_t words)
{
	size_t count = 0;

	for (size_t i = 0; i < words; i++)
		count += (size_t)__builtin_popcountll(bits[i]);
	return count;
}

static inline void bits_and(uint64_t *bits, const uint64_t *other, size_t words)
{
	for (size_t i = 0; i < words; i++)
		bits[i] &= other[i];
}

static inline void bits_or(uint64_t *bits, const uint64_t *other, size_t words)
{
	for (size_t i = 0; i < words; i++)
		bits[i] |= other[i];
}

static inline void bits_subtract(uint64_t *bits, const uint64_t *other, size_t words)
{
	for (size_t i = 0; i < words; i++)
		bits[i] &= ~other[i];
}

/* The numbers 0 to count - 1, and no others, in BITS_WORDS(count) words. */
static inline void bits_fill(uint64_t *bits, size_t count)
{
	memset(bits, 0xff, count / 64 * sizeof(*bits));
	if (count % 64)
		bits[count / 64] = (UINT64_C(1) << (count % 64)) - 1;
}

/* The first number at or after from that is set, or is not; limit if there is none below it. */
static inline size_t bits_find(const uint64_t *bits, bool set, size_t from, size_t limit)
{
	while (from < limit) {
		const uint64_t word = (set ? bits[from / 64] : ~bits[from / 64]) >> (from % 64);

		if (word) {
			from += (size_t)__builtin_ctzll(word);
			return from < limit ? from : limit;
		}
		from = (from / 64 + 1) * 64;
	}
	return limit;
}

static inline size_t bits_next(const uint64_t *bits, size_t from, size_t limit)
{
	return bits_find(bits, true, from, limit);
}

static inline size_t bits_gap(const uint64_t *bits, size_t from, size_t limit)
{
	return bits_find(bits, false, from, limit);
}

#endif
