#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "adapters/cli/bookmark_printer.h"

struct line_example {
	size_t columns;
	bool colors;
	const char *expected;
};

static const struct line_example line_examples[] = {
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

static void print(struct bookmark_printer *printer, int64_t id, const char *url, const char *title,
	const char *tags)
{
	struct bookmark bookmark;

	bookmark_init(&bookmark);
	bookmark.id = id;
	bookmark.modified = 1;
	bookmark_set(&bookmark.url, url);
	bookmark_set(&bookmark.title, title);
	bookmark_set(&bookmark.notes, "one\ntwo");
	bookmark_set(&bookmark.source, "manual");
	tag_set_add_list(&bookmark.tags, tags, NULL);
	assert_true(bookmark_printer_print(printer, &bookmark));
	bookmark_finish(&bookmark);
}

static char *printed_lines(size_t columns, bool colors, const struct query *query)
{
	const struct command_line line = {0};
	struct output output;
	struct bookmark_printer *printer;
	char *text = NULL;
	size_t size;
	FILE *file = open_memstream(&text, &size);

	output_init(&output, file, colors ? "always" : "never");
	output.columns = columns;
	printer = bookmark_printer_new(&output, &line, LAYOUT_LINES, query, NULL);
	print(printer, 9, "https://example.org/a/path", "A title that is somewhat long", "two,one");
	print(printer, 10, "https://example.org/none", "", "");
	bookmark_printer_finish(printer);
	fclose(file);
	return text;
}

static void columns_are_shared_out_and_what_does_not_fit_is_cut(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(line_examples) / sizeof(line_examples[0]); i++) {
		char *text = printed_lines(line_examples[i].columns, line_examples[i].colors, NULL);

		assert_string_equal(text, line_examples[i].expected);
		free(text);
	}
}

static void what_matched_is_marked_also_where_the_text_is_cut(void **state)
{
	struct query *query = query_parse("somewhat", NULL);
	char *text = printed_lines(40, true, query);

	(void)state;
	assert_non_null(strstr(text, "\033[1;31msomewha\033[0m…"));
	free(text);
	query_free(query);
}

static const struct format_example {
	const char *format;
	const char *expected;
} format_examples[] = {
	{"{id}", "7\n"},
	{"{id}\\n", "7\n"},
	{"{id}\n", "7\n"},
	{"{url}\\t{title}", "https://example.org\ta b\n"},
	{"{notes}|{tags}|{source}", "one two|c,d|manual\n"},
	{"{date_added} {date_modified}", "1970-01-01T00:00:00Z 1970-01-01T00:00:01Z\n"},
	{"{unstarred}", "false\n"},
	{"{\"id\": {id}}", "{\"id\": 7}\n"},
	{"\\\\n", "\\n\n"},
	{"%s {}", "%s {}\n"},
	{"{Nothing} { } {{", "{Nothing} { } {{\n"},
	{"", "\n"},
};

/* As --format has it; NULL if it cannot be read. */
static char *printed_by(const char *format, struct error *error)
{
	struct command_line line = {0};
	struct output output;
	struct bookmark_printer *printer;
	char *text = NULL;
	size_t size;
	FILE *file = open_memstream(&text, &size);

	line.given[OPTION_FORMAT] = true;
	line.values[OPTION_FORMAT] = format;
	output_init(&output, file, "never");
	printer = bookmark_printer_new(&output, &line, LAYOUT_LINES, NULL, error);
	if (printer) {
		print(printer, 7, "https://example.org", "a\tb", "d,c");
		bookmark_printer_finish(printer);
	}
	fclose(file);
	if (printer)
		return text;
	free(text);
	return NULL;
}

static void fields_and_escapes_are_filled_in(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(format_examples) / sizeof(format_examples[0]); i++) {
		char *text = printed_by(format_examples[i].format, NULL);

		assert_string_equal(text, format_examples[i].expected);
		free(text);
	}
}

static void a_field_that_is_not_there_is_named(void **state)
{
	struct error error = {0};

	(void)state;
	assert_null(printed_by("{id} {nothing}", &error));
	assert_non_null(strstr(error.text, "{nothing}"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(columns_are_shared_out_and_what_does_not_fit_is_cut),
		cmocka_unit_test(what_matched_is_marked_also_where_the_text_is_cut),
		cmocka_unit_test(fields_and_escapes_are_filled_in),
		cmocka_unit_test(a_field_that_is_not_there_is_named),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
