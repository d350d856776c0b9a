#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "domain/base/text.h"
#include "tui/key.h"

/* The keys of some bytes in one drain, printed: "Esc|C-a|é". */
static void assert_keys(struct key_decoder *decoder, const char *bytes, const char *expected)
{
	char all[256] = "";
	char name[KEY_NAME_SIZE];

	for (const char *at = bytes;; at++) {
		struct input input = *at ? key_decoder_put(decoder, (unsigned char)*at, 0)
					 : key_decoder_drained(decoder, 0);
		if (input.type == INPUT_KEY) {
			key_print(input.key, name);
			strcat(all, *all ? "|" : "");
			strcat(all, name);
		}
		if (!*at)
			break;
	}
	assert_string_equal(all, expected);
}

static void characters_may_come_in_pieces(void **state)
{
	struct key_decoder decoder = {0};

	(void)state;
	assert_keys(&decoder, "aé漢👍", "a|é|漢|👍");
	assert_keys(&decoder, "\xe6\xbc", "");
	assert_keys(&decoder, "\xa2z", "漢|z");
	key_decoder_finish(&decoder);
}

static void ill_formed_bytes_lose_only_themselves(void **state)
{
	struct key_decoder decoder = {0};

	(void)state;
	assert_keys(&decoder, "\xff\xc0\xaf\xed\xa0\x80z", "z");
	assert_keys(&decoder, "\xe6zé", "z|é");
	assert_keys(&decoder,
		"\xf5\x80\x80\x80"
		"a",
		"a");
	key_decoder_finish(&decoder);
}

static void escape_is_told_from_alt_and_from_sequences(void **state)
{
	struct key_decoder decoder = {0};

	(void)state;
	assert_keys(&decoder, "\x1b", "Esc");
	assert_keys(&decoder,
		"\x1b"
		"b",
		"M-b");
	assert_keys(&decoder, "\x1b\x7f", "M-BSpace");
	assert_keys(&decoder, "\x1b\x1b", "Esc|Esc");
	assert_keys(&decoder, "\x1b[I", "");
	assert_keys(&decoder, "\x1b[1;5Ax", "x");
	assert_keys(&decoder, "\x1bOPx", "x");
	assert_keys(&decoder, "\x1b]11;rgb:0/0/0\x1b\\x", "x");
	assert_keys(&decoder, "\x1b]0;title\x07q", "q");
	assert_keys(&decoder, "\x1b[", "");
	assert_keys(&decoder, "q", "q");
	key_decoder_finish(&decoder);
}

static void keys_that_terminals_confuse_are_one(void **state)
{
	struct key_decoder decoder = {0};

	(void)state;
	assert_keys(&decoder, "\r\n\x7f\x08\t \x01", "Enter|Enter|BSpace|BSpace|Tab|Space|C-a");
	key_decoder_finish(&decoder);
}

static struct input paste(struct key_decoder *decoder, const char *bytes, size_t length)
{
	key_decoder_put(decoder, KEYCAP_PASTE_BEGIN, 0);
	for (size_t i = 0; i < length; i++)
		assert_int_equal(
			key_decoder_put(decoder, (unsigned char)bytes[i], 0).type, INPUT_NONE);
	return key_decoder_put(decoder, KEYCAP_PASTE_END, 0);
}

static void a_paste_is_text_and_never_keys(void **state)
{
	struct key_decoder decoder = {0};
	const char *text = "q\x1b[201zQ\r\nü\r\x01"
			   "end\t\n";

	(void)state;
	struct input input = paste(&decoder, text, strlen(text));
	assert_int_equal(input.type, INPUT_PASTE);
	assert_string_equal(input.text, "q[201zQ\nü\nend\t\n");
	assert_false(input.cut);
	assert_keys(&decoder, "a", "a");
	key_decoder_finish(&decoder);
}

static void a_long_paste_is_cut_between_characters(void **state)
{
	struct key_decoder decoder = {0};
	size_t length = 100 * 1024;
	char *text = malloc(length);

	(void)state;
	for (size_t i = 0; i < length; i += 2)
		memcpy(text + i, "é", 2);
	text[0] = 'x';
	text[1] = 'x';
	struct input input = paste(&decoder, text, length);
	assert_true(input.cut);
	assert_true(strlen(input.text) >= PASTE_MAX - 4 && strlen(input.text) <= PASTE_MAX);
	assert_true(text_is_valid(input.text, strlen(input.text)));
	free(text);
	key_decoder_finish(&decoder);
}

static void a_paste_that_stalls_stays_a_paste_until_its_end_or_escape(void **state)
{
	struct key_decoder decoder = {0};

	(void)state;
	key_decoder_put(&decoder, KEYCAP_PASTE_BEGIN, 1000);
	key_decoder_put(&decoder, 'x', 1200);
	assert_int_equal(key_decoder_wait(&decoder, 1300), 900);
	assert_int_equal(key_decoder_drained(&decoder, 2199).type, INPUT_NONE);
	assert_int_equal(key_decoder_drained(&decoder, 2200).type, INPUT_PASTE_STALLED);
	assert_int_equal(key_decoder_wait(&decoder, 2300), -1);
	assert_int_equal(key_decoder_drained(&decoder, 9000).type, INPUT_NONE);
	assert_int_equal(key_decoder_put(&decoder, 'd', 9000).type, INPUT_NONE);
	assert_int_equal(key_decoder_put(&decoder, KEYCAP_ESCAPE, 9001).type, INPUT_NONE);
	assert_int_equal(key_decoder_drained(&decoder, 10001).type, INPUT_PASTE_STALLED);
	struct input input = key_decoder_put(&decoder, KEYCAP_ESCAPE, 10002);
	assert_int_equal(input.type, INPUT_PASTE);
	assert_string_equal(input.text, "xd");
	assert_int_equal(key_decoder_put(&decoder, 'd', 10003).key, 'd');
	assert_int_equal(key_decoder_put(&decoder, KEYCAP_PASTE_END, 10004).type, INPUT_NONE);
	key_decoder_finish(&decoder);
}

static void key_names_are_read_and_printed_alike(void **state)
{
	static const char *const names[] = {"a", "é", "C-a", "C-@", "C-\\", "M-b", "M-BSpace",
		"Space", "PgDn", "F1", "F12", "S-Tab", "?", "C-Left", "Enter", "-", "^", "M--"};
	char name[KEY_NAME_SIZE];

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (strcmp(names[i], "C-@") == 0)
			continue;
		assert_int_not_equal(key_read(names[i]), KEYCAP_NONE);
		key_print(key_read(names[i]), name);
		assert_string_equal(name, names[i]);
	}
	assert_int_equal(key_read("^D"), CTRL_KEY('d'));
	assert_int_equal(key_read("Ctrl-d"), CTRL_KEY('d'));
	assert_int_equal(key_read("escape"), KEYCAP_ESCAPE);
	assert_int_equal(key_read(""), KEYCAP_NONE);
	assert_int_equal(key_read("ab"), KEYCAP_NONE);
	assert_int_equal(key_read("F13"), KEYCAP_NONE);
	assert_int_equal(key_read("C-é"), KEYCAP_NONE);
}

static void an_old_mouse_report_is_not_keys(void **state)
{
	struct key_decoder decoder = {0};
	const char *reports[] = {
		"\033[Mddd", "\033[M !\033", "\033[Md\377d", "\033[<0;5;5M", "\033[5M", "\033OM"};

	(void)state;
	for (size_t i = 0; i < sizeof(reports) / sizeof(reports[0]); i++) {
		for (const char *at = reports[i]; *at; at++)
			assert_int_equal(
				key_decoder_put(&decoder, (unsigned char)*at, 0).type, INPUT_NONE);
		assert_int_equal(key_decoder_put(&decoder, 'x', 0).key, 'x');
	}
	key_decoder_put(&decoder, '\033', 0);
	key_decoder_put(&decoder, '[', 0);
	key_decoder_put(&decoder, 'M', 0);
	assert_int_equal(key_decoder_drained(&decoder, 0).type, INPUT_NONE);
	for (int i = 0; i < 3; i++)
		assert_int_equal(key_decoder_put(&decoder, 'd', 0).type, INPUT_NONE);
	assert_int_equal(key_decoder_put(&decoder, 'd', 0).key, 'd');
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(characters_may_come_in_pieces),
		cmocka_unit_test(ill_formed_bytes_lose_only_themselves),
		cmocka_unit_test(escape_is_told_from_alt_and_from_sequences),
		cmocka_unit_test(keys_that_terminals_confuse_are_one),
		cmocka_unit_test(a_paste_is_text_and_never_keys),
		cmocka_unit_test(a_long_paste_is_cut_between_characters),
		cmocka_unit_test(a_paste_that_stalls_stays_a_paste_until_its_end_or_escape),
		cmocka_unit_test(an_old_mouse_report_is_not_keys),
		cmocka_unit_test(key_names_are_read_and_printed_alike),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
