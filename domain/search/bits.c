#include "domain/search/bits.h"

#include <string.h>

void bits_fill(uint64_t *bits, size_t count)
{
	memset(bits, 0xff, count / 64 * sizeof(*bits));
	if (count % 64)
		bits[count / 64] = (UINT64_C(1) << (count % 64)) - 1;
}

size_t bits_next(const uint64_t *bits, size_t from, size_t limit)
{
	while (from < limit) {
		uint64_t word = bits[from / 64] >> (from % 64);

		if (word) {
			from += (size_t)__builtin_ctzll(word);
			return from < limit ? from : limit;
		}
		from = (from / 64 + 1) * 64;
	}
	return limit;
}

size_t bits_gap(const uint64_t *bits, size_t from, size_t limit)
{
	while (from < limit) {
		uint64_t word = ~bits[from / 64] >> (from % 64);

		if (word) {
			from += (size_t)__builtin_ctzll(word);
			return from < limit ? from : limit;
		}
		from = (from / 64 + 1) * 64;
	}
	return limit;
}
