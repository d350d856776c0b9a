#include "adapters/cli/line_layout.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct example {
	size_t columns;
	bool colors;
	const char *expected;
};

static const struct example examples[] = {
	{SIZE_MAX, false,
		" 9  A title that is somewhat long  https://example.org/a/path  one,two\n"
		"10  https://example.org/none\n"},
	{80, false,
		" 9  A title that is somewhat long  example.org/a/path  one,two\n"
		"10  https://example.org/none\n"},
	{60, false,
		" 9  A title that is somewhat lo…  example.org/a/pa…  one,two\n"
		"10  https://example.org/none\n"},
	{40, false,
		" 9  A title that is somewha…  example.o…\n"
		"10  https://example.org/none\n"},
	{20, false,
		" 9  A title that is…\n"
		"10  https://example…\n"},
};

static void add(struct line_layout *layout, int64_t id, const char *url, const char *title,
	const char *tags)
{
	struct bookmark bookmark;

	bookmark_init(&bookmark);
	bookmark.id = id;
	bookmark_set(&bookmark.url, url);
	bookmark_set(&bookmark.title, title);
	tag_set_add_list(&bookmark.tags, tags, NULL);
	line_layout_add(layout, &bookmark);
	bookmark_finish(&bookmark);
}

static char *printed(size_t columns, bool colors, const struct query *query)
{
	struct output output;
	struct line_layout *layout;
	char *text = NULL;
	size_t size;
	FILE *file = open_memstream(&text, &size);

	output_init(&output, file, colors ? "always" : "never");
	output.columns = columns;
	layout = line_layout_new(&output, query);
	add(layout, 9, "https://example.org/a/path", "A title that is somewhat long", "two,one");
	add(layout, 10, "https://example.org/none", "", "");
	line_layout_finish(layout);
	fclose(file);
	return text;
}

static void columns_are_shared_out_and_what_does_not_fit_is_cut(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(examples) / sizeof(examples[0]); i++) {
		char *text = printed(examples[i].columns, examples[i].colors, NULL);

		assert_string_equal(text, examples[i].expected);
		free(text);
	}
}

static void what_matched_is_marked_also_where_the_text_is_cut(void **state)
{
	struct query *query = query_parse("somewhat", NULL);
	char *text = printed(40, true, query);

	(void)state;
	assert_non_null(strstr(text, "\033[1;31msomewha\033[0m…"));
	free(text);
	query_free(query);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(columns_are_shared_out_and_what_does_not_fit_is_cut),
		cmocka_unit_test(what_matched_is_marked_also_where_the_text_is_cut),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
