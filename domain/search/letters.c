#include "domain/search/letters.h"

#include <utf8proc.h>

bool letter_starts_word(const char *begin, const char *place)
{
	const char *before = place;
	utf8proc_category_t category;
	int32_t point;

	if (place == begin)
		return true;
	if ((unsigned char)place[-1] < 0x80)
		return !letter_has_own_bit((char)letter_lower(place[-1]));
	do {
		before--;
	} while (before > begin && ((unsigned char)*before & 0xc0) == 0x80);
	if (utf8proc_iterate((const uint8_t *)before, place - before, &point) <= 0)
		return true;
	category = utf8proc_category(point);
	return !(category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO) &&
	       !(category >= UTF8PROC_CATEGORY_ND && category <= UTF8PROC_CATEGORY_NO);
}

unsigned letter_bit(unsigned char byte)
{
	if (byte >= 'a' && byte <= 'z')
		return byte - 'a';
	if (byte >= '0' && byte <= '9')
		return 26u + (byte - '0');
	return 36 + byte % (LETTERS - 36u);
}

uint64_t letters_of(const char *text, size_t length)
{
	uint64_t seen[4][4] = {{0}}; /* a bit for each byte; four sets, so that none waits */
	uint64_t letters = 0;

	for (size_t i = 0; i < length; i++) {
		const unsigned char byte = (unsigned char)text[i];

		seen[i % 4][byte / 64] |= UINT64_C(1) << (byte % 64);
	}
	for (unsigned i = 0; i < 4; i++)
		for (uint64_t left = seen[0][i] | seen[1][i] | seen[2][i] | seen[3][i]; left;
			left &= left - 1)
			letters |= UINT64_C(1) << letter_bit(letter_lower(
					   (char)(i * 64 + (unsigned)__builtin_ctzll(left))));
	return letters;
}
