#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "adapters/files/charset.h"
#include "domain/base/buffer.h"

static void assert_name(const char *found, const char *expected)
{
	if (expected)
		assert_string_equal(found ? found : "none", expected);
	else
		assert_null(found);
}

static void labels_mean_what_browsers_take_them_for(void **state)
{
	static const char *const labels[][2] = {
		{"utf8", "UTF-8"},
		{" UTF-8\n", "UTF-8"},
		{"ISO-8859-1", "windows-1252"},
		{"us-ascii", "windows-1252"},
		{"iso-8859-9", "windows-1254"},
		{"tis-620", "windows-874"},
		{"gb2312", "GBK"},
		{"x-gbk", "GBK"},
		{"x-sjis", "Shift_JIS"},
		{"ks_c_5601-1987", "EUC-KR"},
		{"x-x-big5", "Big5"},
		{"x-mac-ukrainian", "x-mac-cyrillic"},
		{"no-such-charset", NULL},
		{"", NULL},
		{" ", NULL},
		{"utf-", NULL},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(labels) / sizeof(labels[0]); i++)
		assert_name(charset_of_label(labels[i][0], strlen(labels[i][0])), labels[i][1]);
}

static void a_page_declares_its_charset_as_browsers_look_for_it(void **state)
{
	static const char *const pages[][2] = {
		{"<meta charset=x-euc-jp>", "EUC-JP"},
		{"<META HTTP-EQUIV=Content-Type CONTENT='text/html; charset=koi8-r'>", "KOI8-R"},
		{"<meta content=\"text/html; charset = big5 ;x\" http-equiv='content-type'>",
			"Big5"},
		{"<meta name=description content='charset=big5'>", NULL},
		{"<!-- <meta charset=big5> --><meta charset=gbk>", "GBK"},
		{"<title a='<meta charset=big5>'>x</title><meta charset=gbk>", "GBK"},
		{"<?xml version='1.0' encoding=\"ISO-8859-2\"?><html>", "ISO-8859-2"},
		{"\n<?xml encoding='utf-16'?>", "UTF-8"},
		{"<meta charset=utf-16>", "UTF-8"},
		{"<meta charset=x-user-defined>", "windows-1252"},
		{"<meta charset=unheard-of><meta charset=big5>", "Big5"},
		{"<metal charset=big5>", NULL},
		{"<meta charset=", NULL},
		{"<meta charset='big5", "Big5"},
		{"<", NULL},
		{"<!--", NULL},
		{"<meta", NULL},
		{"text", NULL},
		{"", NULL},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(pages) / sizeof(pages[0]); i++)
		assert_name(charset_declared(pages[i][0], strlen(pages[i][0])), pages[i][1]);
}

static void a_content_type_names_its_charset(void **state)
{
	(void)state;
	assert_name(charset_of_content_type("text/html; charset=\"Shift_JIS\""), "Shift_JIS");
	assert_name(charset_of_content_type("text/html;Charset=utf-8;x=y"), "UTF-8");
	assert_name(charset_of_content_type("text/html"), NULL);
	assert_name(charset_of_content_type("text/html; charset"), NULL);
	assert_name(charset_of_content_type(NULL), NULL);
}

/* The letters that the makers of systems added, which the standards of old do not have. */
static void charsets_have_the_letters_that_browsers_give_them(void **state)
{
	static const struct {
		const char *label;
		const char *bytes;
		const char *text;
	} letters[] = {
		{"shift_jis", "\x87\x40\xfb\xfc\x81\x60", "①髙～"},
		{"gb2312", "\xe9\x46\x87\xe5\x86\xb4", "镕囧喆"},
		{"euc-kr", "\x8c\x63\xb0\xa1", "똠가"},
		{"big5", "\xa4\xa4\xf9\xd6", "中碁"},
		{"euc-jp", "\xad\xa1\xc6\xfc", "①日"},
		{"iso-8859-9", "\x93\xfd\x94", "“ı”"},
		{"tis-620", "\xe4\x85", "ไ…"},
		{"macintosh", "\xd2\xe9", "“È"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(letters) / sizeof(letters[0]); i++) {
		const char *name = charset_of_label(letters[i].label, strlen(letters[i].label));
		struct decoder *decoder = decoder_new(name, true);
		struct buffer out = {0};

		assert_non_null(decoder);
		decoder_add(decoder, letters[i].bytes, strlen(letters[i].bytes), true, &out);
		decoder_free(decoder);
		assert_string_equal(buffer_text(&out), letters[i].text);
		buffer_finish(&out);
	}
}

static void iconv_knows_every_charset_of_the_table(void **state)
{
	static const char *const labels[] = {"utf-8", "866", "l2", "l3", "l4", "cyrillic", "arabic",
		"greek", "hebrew", "logical", "l6", "iso-8859-13", "iso-8859-14", "l9",
		"iso-8859-16", "koi", "koi8-u", "mac", "dos-874", "cp1250", "cp1251", "cp1252",
		"cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258", "x-mac-cyrillic", "gbk",
		"gb18030", "big5", "euc-jp", "iso-2022-jp", "sjis", "korean", "iso-2022-kr",
		"iso-2022-cn", "utf-16be", "utf-16", "x-user-defined"};

	(void)state;
	for (size_t i = 0; i < sizeof(labels) / sizeof(labels[0]); i++) {
		const char *name = charset_of_label(labels[i], strlen(labels[i]));
		struct decoder *decoder = name ? decoder_new(name, true) : NULL;

		if (!decoder)
			fail_msg("%s", labels[i]);
		decoder_free(decoder);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(labels_mean_what_browsers_take_them_for),
		cmocka_unit_test(a_page_declares_its_charset_as_browsers_look_for_it),
		cmocka_unit_test(a_content_type_names_its_charset),
		cmocka_unit_test(charsets_have_the_letters_that_browsers_give_them),
		cmocka_unit_test(iconv_knows_every_charset_of_the_table),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
