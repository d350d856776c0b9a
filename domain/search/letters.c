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
		return !letter_is_letter_or_digit((char)letter_lower(place[-1]));
	do {
		before--;
	} while (before > begin && ((unsigned char)*before & 0xc0) == 0x80);
	if (utf8proc_iterate((const uint8_t *)before, place - before, &point) <= 0)
		return true;
	category = utf8proc_category(point);
	return !(category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO) &&
	       !(category >= UTF8PROC_CATEGORY_ND && category <= UTF8PROC_CATEGORY_NO);
}

/* Those from "@" on, with the letters, are the lower half. */
static unsigned letter_bit(unsigned char byte)
{
	const unsigned bit = (byte & 0x1f) | (~(unsigned)byte >> 1 & 0x20);

	return byte < 0x80 ? bit : 0;
}

uint64_t letters_of(const char *text, size_t length)
{
	uint64_t letters = 0;

	for (size_t i = 0; i < length; i++)
		letters |= UINT64_C(1) << letter_bit((unsigned char)text[i]);
	return letters;
}
