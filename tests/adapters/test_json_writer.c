#include "adapters/json/json_writer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

struct example {
	const char *given;
	const char *expected;
};

static const struct example strings[] = {
	{"", "\"\""},
	{"plain", "\"plain\""},
	{"say \"hi\" \\o/", "\"say \\\"hi\\\" \\\\o/\""},
	{"a\nb\r\tc", "\"a\\nb\\r\\tc\""},
	{"\x01\x1b[0m\x7f", "\"\\u0001\\u001b[0m\\u007f\""},
	{"\xc2\x85\xc2\xa0\xc3\xa9", "\"\\u0085\xc2\xa0\xc3\xa9\""},
	{"\xe2\x80\xae\xe2\x81\xa6\xe2\x80\xa8\xd8\x9c", "\"\\u202e\\u2066\\u2028\\u061c\""},
	{"\xe2\x82\xac\xe2\x80\x93\xd8\xa7", "\"\xe2\x82\xac\xe2\x80\x93\xd8\xa7\""},
	{"\xf0\x9f\x8e\x89", "\"\xf0\x9f\x8e\x89\""},
	{"a\xff", "\"a\xef\xbf\xbd\""},
};

static void strings_are_quoted_and_escaped(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(strings) / sizeof(strings[0]); i++) {
		struct buffer out = {0};
		struct json_writer json = {.out = &out};

		json_put_string(&json, strings[i].given);
		assert_string_equal(buffer_text(&out), strings[i].expected);
		buffer_finish(&out);
	}
}

static void commas_stand_between_values(void **state)
{
	struct buffer out = {0};
	struct json_writer json = {.out = &out};

	(void)state;
	json_open_array(&json);
	json_open_object(&json);
	json_close_object(&json);
	json_open_object(&json);
	json_add_integer(&json, "a", -1);
	json_add_array(&json, "b");
	json_close_array(&json);
	json_add_null(&json, "c");
	json_add_boolean(&json, "d", true);
	json_add_seconds(&json, "e", 1.2044);
	json_close_object(&json);
	json_put_string(&json, "f");
	json_close_array(&json);
	assert_string_equal(buffer_text(&out),
		"[{}, {\"a\": -1, \"b\": [], \"c\": null, \"d\": true, \"e\": 1.204}, \"f\"]");
	buffer_finish(&out);
}

static void a_bookmark_has_all_its_keys_in_order(void **state)
{
	struct buffer out = {0};
	struct json_writer json = {.out = &out};
	char *tags[] = {"c", "terminal"};
	struct bookmark bookmark = {
		.id = 12,
		.url = "https://github.com/tmux/tmux",
		.title = "tmux/tmux",
		.notes = "",
		.tags = {.tags = tags, .count = 2},
		.added = 1706688900,
		.modified = 1706688901,
		.source = "github:octocat",
	};

	(void)state;
	json_put_bookmark(&json, &bookmark);
	assert_string_equal(buffer_text(&out),
		"{\"id\": 12, \"url\": \"https://github.com/tmux/tmux\", "
		"\"title\": \"tmux/tmux\", \"notes\": \"\", \"tags\": [\"c\", \"terminal\"], "
		"\"date_added\": \"2024-01-31T08:15:00Z\", "
		"\"date_modified\": \"2024-01-31T08:15:01Z\", "
		"\"source\": \"github:octocat\", \"unstarred\": false, \"link\": null}");
	buffer_finish(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(strings_are_quoted_and_escaped),
		cmocka_unit_test(commas_stand_between_values),
		cmocka_unit_test(a_bookmark_has_all_its_keys_in_order),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
