#include "adapters/cli/format_string.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct example {
	const char *format;
	const char *expected;
};

static const struct example examples[] = {
	{"{id}", "7\n"},
	{"{id}\\n", "7\n"},
	{"{id}\n", "7\n"},
	{"{url}\\t{title}", "https://example.org\ta b\n"},
	{"{notes}|{tags}|{source}", "one two|c,d|manual\n"},
	{"{date_added} {date_modified}", "1970-01-01T00:00:00Z 1970-01-01T00:00:01Z\n"},
	{"{\"id\": {id}}", "{\"id\": 7}\n"},
	{"\\\\n", "\\n\n"},
	{"%s {}", "%s {}\n"},
	{"", "\n"},
};

static char *printed(const char *format)
{
	struct bookmark bookmark;
	struct output output;
	char *text = NULL;
	size_t size;
	FILE *file = open_memstream(&text, &size);

	bookmark_init(&bookmark);
	bookmark.id = 7;
	bookmark.modified = 1;
	bookmark_set(&bookmark.url, "https://example.org");
	bookmark_set(&bookmark.title, "a\tb");
	bookmark_set(&bookmark.notes, "one\ntwo");
	bookmark_set(&bookmark.source, "manual");
	tag_set_add_list(&bookmark.tags, "d,c", NULL);
	output_init(&output, file, "never");
	format_string_print(&output, format, &bookmark);
	fclose(file);
	bookmark_finish(&bookmark);
	return text;
}

static void fields_and_escapes_are_filled_in(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(examples) / sizeof(examples[0]); i++) {
		char *text = printed(examples[i].format);

		assert_string_equal(text, examples[i].expected);
		free(text);
	}
}

static void a_field_that_is_not_there_is_named(void **state)
{
	struct error error = {0};

	(void)state;
	assert_int_equal(format_string_check("{id} {nothing}", &error), STATUS_INVALID);
	assert_non_null(strstr(error.text, "{nothing}"));
	assert_int_equal(format_string_check("{id} {Nothing} { } {{", &error), STATUS_OK);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fields_and_escapes_are_filled_in),
		cmocka_unit_test(a_field_that_is_not_there_is_named),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
