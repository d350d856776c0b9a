#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "adapters/html/html_tokenizer.h"
#include "domain/base/buffer.h"
#include "domain/base/memory.h"

/* What was told of a text: "<name attribute=value>", "</name>", and text as it is. */
struct listener {
	struct html_tokenizer *tokenizer;
	struct buffer seen;
};

static void write_start(void *self, const char *name, const char *const *attributes, long line)
{
	struct listener *listener = self;

	(void)line;
	buffer_print(&listener->seen, "<%s", name);
	for (; *attributes; attributes += 2)
		buffer_print(&listener->seen, " %s=%s", attributes[0], attributes[1]);
	buffer_add_char(&listener->seen, '>');
	if (strcmp(name, "title") == 0)
		html_tokenizer_set_content(listener->tokenizer, HTML_RCDATA);
	if (strcmp(name, "script") == 0)
		html_tokenizer_set_content(listener->tokenizer, HTML_RAWTEXT);
	if (strcmp(name, "stop") == 0)
		html_tokenizer_stop(listener->tokenizer);
}

static void write_end(void *self, const char *name)
{
	buffer_print(&((struct listener *)self)->seen, "</%s>", name);
}

static void write_text(void *self, const char *text, size_t length)
{
	buffer_add(&((struct listener *)self)->seen, text, length);
}

/* What the tokenizer makes of a text that comes size bytes at a time. */
static char *read_in_pieces(const char *text, size_t size)
{
	static const struct html_events events = {write_start, write_end, write_text};
	struct listener listener = {0};
	size_t length = strlen(text);
	char *seen;

	listener.tokenizer = html_tokenizer_new(&events, &listener);
	for (size_t at = 0; at <= length; at += size) {
		size_t piece = length - at < size ? length - at : size;

		assert_int_equal(html_tokenizer_feed(listener.tokenizer, text + at, piece,
					 length - at < size, NULL),
			STATUS_OK);
	}
	html_tokenizer_free(listener.tokenizer);
	seen = memory_copy_string(buffer_text(&listener.seen));
	buffer_finish(&listener.seen);
	return seen;
}

static const char *const examples[][2] = {
	{"plain", "plain"},
	{"<A HREF=x>y</A >", "<a href=x>y</a>"},
	{"<a b='1' c=\"2\" d = 3 e>", "<a b=1 c=2 d=3 e=>"},
	{"<a b=\"x>y\" c='\">'>z", "<a b=x>y c=\">>z"},
	{"<a title=it\"s>z", "<a title=it\"s>z"},
	{"<a href=\"?a=1&amp;b=2&copy=3\">", "<a href=?a=1&b=2&copy=3>"},
	{"<a =b c/d>", "<a =b= c= d=>"},
	{"<br/>x", "<br>x"},
	{"1 < 2 <3 <> </ > </>x", "1 < 2 <3 <>  x"},
	{"a<!-- <b> -- > -->c<!-->d<!--->e<!DOCTYPE html>f<?xml version='1.0'?>g", "acdefg"},
	{"a<!-- never closed <b>", "a"},
	{"a<b never closed", "a"},
	{"a<b c=\"never closed>", "a"},
	{"&lt;b&gt; &amp;#39; &quot; &apos; &unheard; &amp", "<b> &#39; \" ' &unheard; &amp"},
	{"&eacute;&#233;&#xE9;&#x1F600;", "ééé😀"},
	{"a&#0;b&#146;c", "a\xef\xbf\xbd"
			  "b’c"},
	{"&#xD800;&#1114112;&#99999999999999;", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"},
	{"&#;&#x;&#&amp;&", "&#;&#x;&#&&"},
	{"&#128;&#159;&#129;", "€Ÿ\xef\xbf\xbd"},
	{"a\r\nb\rc\n\r\r\n", "a\nb\nc\n\n\n"},
	{"<title>a <b>&amp;</b> </titles></TITLE>c<b>", "<title>a <b>&</b> </titles></title>c<b>"},
	{"<script>if (a<b) '</scr' &amp; <!-- </script>c", "<script>if (a<b) '</scr' &amp; <!-- "
							   "</script>c"},
	{"a<stop>b<c>", "a<stop>"},
	{"<DT><A HREF=\"https://a.example/?x=1&amp;y=2\" TAGS=\"a > b,c\">One &lt;b&gt;</A>\n<DD>A "
	 "note with 'quotes\" and 1 < 2",
		"<dt><a href=https://a.example/?x=1&y=2 tags=a > b,c>One <b></a>\n<dd>A "
		"note with 'quotes\" and 1 < 2"},
};

static void a_text_is_read_as_browsers_read_it(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(examples) / sizeof(examples[0]); i++) {
		char *seen = read_in_pieces(examples[i][0], 4096);

		assert_string_equal(seen, examples[i][1]);
		free(seen);
	}
}

static void how_the_text_comes_in_pieces_does_not_matter(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(examples) / sizeof(examples[0]); i++) {
		for (size_t size = 1; size < 60; size++) {
			char *seen = read_in_pieces(examples[i][0], size);

			assert_string_equal(seen, examples[i][1]);
			free(seen);
		}
	}
}

static void a_tag_without_end_is_given_up(void **state)
{
	static const struct html_events events = {0};
	struct html_tokenizer *tokenizer = html_tokenizer_new(&events, NULL);
	char *piece = memory_new(1 << 20);
	enum status status;
	int pieces = 0;

	(void)state;
	memset(piece, 'x', 1 << 20);
	status = html_tokenizer_feed(tokenizer, "\n<a b=\"", 7, false, NULL);
	for (; status == STATUS_OK && pieces < 100; pieces++)
		status = html_tokenizer_feed(tokenizer, piece, 1 << 20, false, NULL);
	assert_int_equal(status, STATUS_INVALID);
	assert_true(pieces >= 16 && pieces <= 18);
	html_tokenizer_free(tokenizer);
	free(piece);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_text_is_read_as_browsers_read_it),
		cmocka_unit_test(how_the_text_comes_in_pieces_does_not_matter),
		cmocka_unit_test(a_tag_without_end_is_given_up),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
