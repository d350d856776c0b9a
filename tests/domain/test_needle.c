#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "domain/base/memory.h"
#include "domain/search/needle.h"

static unsigned seed = 3;

static unsigned draw(unsigned below)
{
	seed = seed * 1103515245u + 12345u;
	return (seed >> 16) % below;
}

/* Of few letters, so that much almost matches; in memory of its exact size, so that ASan sees. */
static char *random_text(size_t length, unsigned letters)
{
	char *text = memory_resize(NULL, length, 1);

	for (size_t i = 0; i < length; i++)
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
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
