#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "adapters/files/charset.h"

/* What comes in pieces, cut anywhere, has to mean what it means in one. */
struct example {
	const char *given;
	size_t length;
	const char *expected;
};

#define EXAMPLE(given, expected)                                                                   \
	{                                                                                          \
		given, sizeof(given) - 1, expected                                                 \
	}

static const struct example decoded[] = {
	EXAMPLE("UTF-8:plain \xc3\xa9 \xf0\x9f\x98\x80", "plain é 😀"),
	EXAMPLE("UTF-8:\xc3(\xff \xed\xa0\x80 a\0b",
		"\xef\xbf\xbd(\xef\xbf\xbd \xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd a\xef\xbf\xbd"
		"b"),
	EXAMPLE("UTF-8:cut \xf0\x9f\x98", "cut \xef\xbf\xbd"),
	EXAMPLE("UTF-16LE:a\0\xe9\0\x3d\xd8\x00\xde", "aé😀"),
	EXAMPLE("UTF-16BE:\0a\0\xe9", "aé"),
	EXAMPLE("WINDOWS-1252:caf\xe9 \x93quoted\x94", "café “quoted”"),
};

/* The charset stands before the colon. */
static void decode(const struct example *example, size_t cut, struct buffer *out)
{
	size_t name_length = strcspn(example->given, ":");
	const char *bytes = example->given + name_length + 1;
	size_t length = example->length - name_length - 1;
	char name[16] = {0};
	struct decoder *decoder;

	memcpy(name, example->given, name_length);
	decoder = decoder_new(name, true);
	assert_non_null(decoder);
	cut = cut < length ? cut : length;
	decoder_add(decoder, bytes, cut, false, out);
	decoder_add(decoder, bytes + cut, length - cut, true, out);
	decoder_free(decoder);
}

static void text_is_decoded_alike_wherever_it_is_cut(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(decoded) / sizeof(decoded[0]); i++) {
		for (size_t cut = 0; cut <= decoded[i].length; cut++) {
			struct buffer out = {0};

			decode(&decoded[i], cut, &out);
			assert_string_equal(buffer_text(&out), decoded[i].expected);
			buffer_finish(&out);
		}
	}
}

static void a_byte_order_mark_gives_the_charset_away(void **state)
{
	size_t length;

	(void)state;
	assert_string_equal(charset_of_mark("\xef\xbb\xbfx", 4, &length), "UTF-8");
	assert_int_equal(length, 3);
	assert_string_equal(charset_of_mark("\xff\xfex\0", 4, &length), "UTF-16LE");
	assert_int_equal(length, 2);
	assert_string_equal(charset_of_mark("\xff\xfe\0\0", 4, &length), "UTF-32LE");
	assert_null(charset_of_mark("plain", 5, &length));
	assert_null(charset_of_mark("\xef", 1, &length));
	assert_int_equal(length, 0);
}

static void an_unknown_charset_has_no_decoder(void **state)
{
	(void)state;
	assert_null(decoder_new("no-such-charset", true));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_is_decoded_alike_wherever_it_is_cut),
		cmocka_unit_test(a_byte_order_mark_gives_the_charset_away),
		cmocka_unit_test(an_unknown_charset_has_no_decoder),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
