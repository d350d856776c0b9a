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
		text[i] = (char)("abcz\0\xe3 -"[draw(letters)]);
	return text;
}

static void it_finds_what_memmem_finds(void **state)
{
	(void)state;
	for (int round = 0; round < 30000; round++) {
		size_t length = draw(300);
		size_t needle_length = 1 + draw(draw(2) ? 4 : 40);
		unsigned letters = 2 + draw(7);
		char *text = random_text(length, letters);
		char *bytes = random_text(needle_length, letters);
		size_t from = length ? draw((unsigned)length) : 0;
		struct needle needle;

		if (draw(2) && length > needle_length)
			memcpy(text + length - needle_length, bytes, needle_length);
		needle_init(&needle, bytes, needle_length);
		assert_true(needle.first <= needle.second && needle.second < needle_length);
		assert_ptr_equal(needle_find(&needle, text + from, text + length),
			memmem(text + from, length - from, bytes, needle_length));
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
		cmocka_unit_test(it_finds_what_memmem_finds),
		cmocka_unit_test(it_looks_for_the_rarest_two),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
