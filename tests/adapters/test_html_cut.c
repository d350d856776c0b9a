#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "adapters/html/html_cut.h"
#include "adapters/html/html_parser.h"
#include "domain/base/buffer.h"
#include "domain/base/memory.h"

static void a_tag_is_never_cut(void **state)
{
	static const struct {
		const char *text;
		size_t most;
		size_t cut;
	} cases[] = {
		{"", 10, 0},
		{"plain text", 100, 10},
		{"text <a href", 100, 5},
		{"<a href=\"x", 100, 0},
		{"<a href=\"x>y\" t", 100, 0},
		{"<a href=\"x>y\"> t", 100, 16},
		{"<a href=\"x>y\"> t<b>", 4, 14},
		{"<a href='\">' >z", 100, 15},
		{"<a title=it\"s>z", 100, 15},
		{"1 < 2 <", 100, 6},
		{"<b></b", 100, 3},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_int_equal(html_cut(cases[i].text, strlen(cases[i].text), cases[i].most),
			cases[i].cut);
}

static void write_start(void *self, const char *name, const char *const *attributes, long line)
{
	const char *href = html_attribute(attributes, "href");

	(void)line;
	buffer_add_char(self, '<');
	buffer_add_string(self, name);
	if (href) {
		buffer_add_char(self, ' ');
		buffer_add_string(self, href);
	}
}

static void write_end(void *self, const char *name)
{
	buffer_add_char(self, '/');
	buffer_add_string(self, name);
}

static void write_text(void *self, const char *text, size_t length)
{
	buffer_add(self, text, length);
}

/* What the parser makes of a text that comes size bytes at a time. */
static char *parse(const char *text, size_t size)
{
	static const struct html_events events = {write_start, write_end, write_text};
	struct buffer seen = {0};
	struct html_parser *parser = html_parser_new(&events, &seen, NULL);
	size_t length = strlen(text);
	char *copy;

	assert_non_null(parser);
	for (size_t at = 0; at <= length; at += size) {
		size_t piece = length - at < size ? length - at : size;

		assert_int_equal(
			html_parser_feed(parser, text + at, piece, length - at < size, NULL),
			STATUS_OK);
	}
	html_parser_free(parser);
	copy = memory_copy_string(buffer_text(&seen));
	buffer_finish(&seen);
	return copy;
}

static void how_the_text_comes_in_pieces_does_not_matter(void **state)
{
	static const char text[] = "<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<DL><p>\n"
				   "<DT><A HREF=\"https://a.example/?x=1&amp;y=2\" TAGS=\"a > "
				   "b,c\">One &lt;b&gt;</A>\n"
				   "<DD>A note with 'quotes\" and 1 < 2\n"
				   "<DT><A HREF='https://b.example/\"' TITLE=it's>Zw\xc3\xb6lf "
				   "\xf0\x9f\x87\xaf\xf0\x9f\x87\xb5</A>\n"
				   "<DT><A HREF=https://c.example/>Three</A>\n</DL><p>\n";
	char *whole = parse(text, sizeof(text));

	(void)state;
	assert_non_null(strstr(whole, "https://c.example/"));
	for (size_t size = 1; size < 80; size++) {
		char *pieces = parse(text, size);

		assert_string_equal(pieces, whole);
		free(pieces);
	}
	free(whole);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_tag_is_never_cut),
		cmocka_unit_test(how_the_text_comes_in_pieces_does_not_matter),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
