#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "domain/base/memory.h"
#include "domain/search/text_scan.h"

static unsigned seed = 3;

static unsigned draw(unsigned below)
{
	seed = seed * 1103515245u + 12345u;
	return (seed >> 16) % below;
}

/* Of few letters, so that much almost matches; in memory of its exact size, so that ASan sees. */
static char *random_text(size_t length, unsigned letters)
{
	char *text = memory_resize(NULL, length + SCAN_AHEAD, 1);

	for (size_t i = 0; i < length + SCAN_AHEAD; i++)
		text[i] = (char)("abcz\0\xe3 -\x01"
				 "AB@[`{!"[draw(letters)]);
	return text;
}

static char *in_small_letters(const char *text, size_t length)
{
	char *small = memory_resize(NULL, length, 1);

	for (size_t i = 0; i < length; i++)
		small[i] = text[i] == 'A' || text[i] == 'B' ? (char)(text[i] + 32) : text[i];
	return small;
}

static void it_finds_what_memmem_finds_in_small_letters(void **state)
{
	(void)state;
	for (int round = 0; round < 30000; round++) {
		size_t length = draw(300);
		size_t needle_length = 1 + draw(draw(2) ? 4 : 40);
		unsigned letters = 2 + draw(15);
		char *text = random_text(length, letters);
		char *bytes = random_text(needle_length, letters < 9 ? letters : 9);
		char *small;
		size_t from = length ? draw((unsigned)length) : 0;
		struct needle needle;
		const char *place;

		if (draw(2) && length > needle_length)
			memcpy(text + length - needle_length, bytes, needle_length);
		needle_init(&needle, bytes, needle_length);
		assert_true(needle.first <= needle.second && needle.second < needle_length);
		small = in_small_letters(text, length);
		place = needle_find(&needle, text + from, text + length);
		assert_ptr_equal(place ? small + (place - text) : NULL,
			memmem(small + from, length - from, bytes, needle_length));
		free(small);
		free(text);
		free(bytes);
	}
}

static bool in_order(const char *word, size_t length, const char *text, const char *end)
{
	for (; length > 0; word++, length--) {
		while (text < end && *text != *word)
			text++;
		if (text++ >= end)
			return false;
	}
	return true;
}

static bool in_order_in_a_tag(const char *word, size_t length, const char *text, const char *end)
{
	for (const char *stop = text; text < end; text = stop + 1) {
		for (stop = text; stop < end && *stop != ',';)
			stop++;
		if (in_order(word, length, text, stop))
			return true;
	}
	return false;
}

static void letters_are_found_in_their_order(void **state)
{
	(void)state;
	for (int round = 0; round < 30000; round++) {
		size_t length = 1 + draw(draw(2) ? 60 : 200);
		size_t word_length = 1 + draw(20);
		char *text = random_text(length, 15);
		char *small;
		char word[21] = "";
		struct fuzzy_word fuzzy;

		for (size_t i = 0; i < word_length; i++)
			word[i] = "abcz"[draw(4)];
		for (size_t i = 0; i < length; i++)
			if (draw(9) == 0)
				text[i] = ',';
		small = in_small_letters(text, length);
		fuzzy_word_init(&fuzzy, word, word_length);
		assert_int_equal(fuzzy_word_in_text(&fuzzy, text, text + length),
			in_order(word, word_length, small, small + length));
		assert_int_equal(fuzzy_word_in_tags(&fuzzy, text, text + length),
			in_order_in_a_tag(word, word_length, small, small + length));
		free(small);
		free(text);
	}
}

static void a_set_of_letters_has_what_is_in_the_text(void **state)
{
	(void)state;
	for (int byte = ' '; byte < 256; byte++) {
		const char text[] = {'q', (char)byte, '7'};
		const char lower = (char)letter_lower((char)byte);

		assert_int_equal(
			letters_of(text, 3), letters_of("q7", 2) | letters_of(text + 1, 1));
		assert_int_equal(letters_of(&lower, 1), letters_of(text + 1, 1));
		for (int other = ' '; other < 256; other++) {
			const char one = (char)other;

			if (letter_is_letter_or_digit(lower) &&
				letter_lower(one) != (unsigned char)lower)
				assert_int_equal(letters_of(&lower, 1) & letters_of(&one, 1), 0);
		}
	}
}

static void it_looks_for_the_rarest_two(void **state)
{
	struct needle needle;

	(void)state;
	needle_init(&needle, "database", 8);
	assert_int_equal(needle.first, 0);
	assert_int_equal(needle.second, 4);
	needle_init(&needle, "x", 1);
	assert_int_equal(needle.first, 0);
	assert_int_equal(needle.second, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_finds_what_memmem_finds_in_small_letters),
		cmocka_unit_test(it_looks_for_the_rarest_two),
		cmocka_unit_test(letters_are_found_in_their_order),
		cmocka_unit_test(a_set_of_letters_has_what_is_in_the_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
