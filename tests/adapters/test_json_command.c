#include "adapters/cli/json_command.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static const char *const refused[] = {
	"",
	"nonsense",
	"[]",
	"{}",
	"{\"command\": 3}",
	"{\"command\": \"nothing\"}",
	"{\"command\": \"take_in_stars\"}",
	"{\"command\": \"undo\", \"command\": \"redo\"}",
	"{\"command\": \"undo\", \"steps\": 0}",
	"{\"command\": \"undo\", \"step\": 1}",
	"{\"command\": \"delete_bookmarks\"}",
	"{\"command\": \"delete_bookmarks\", \"ids\": []}",
	"{\"command\": \"delete_bookmarks\", \"ids\": [0]}",
	"{\"command\": \"delete_bookmarks\", \"ids\": [1.5]}",
	"{\"command\": \"delete_bookmarks\", \"ids\": \"1\"}",
	"{\"command\": \"add_bookmarks\", \"bookmarks\": [{}]}",
	"{\"command\": \"add_bookmarks\", \"bookmarks\": [1]}",
	"{\"command\": \"add_bookmarks\", \"bookmarks\": [{\"url\": \"a\", \"tags\": [\"b,c\"]}]}",
	"{\"command\": \"add_bookmarks\", \"bookmarks\": [{\"url\": \"a\", \"tags\": \"b\"}]}",
	"{\"command\": \"add_bookmarks\", \"bookmarks\": [{\"url\": \"a\\u0000b\"}]}",
	"{\"command\": \"add_bookmarks\", \"bookmarks\": [{\"url\": \"a\"}], \"update\": 1}",
	"{\"command\": \"edit_bookmarks\", \"edits\": [{\"title\": \"a\"}]}",
	("{\"command\": \"edit_bookmarks\","
	 " \"edits\": [{\"id\": 1, \"tags\": [], \"add_tags\": []}]}"),
	"{\"command\": \"rename_tags\", \"from\": [\"a\"]}",
	"{\"command\": \"rename_tags\", \"from\": [], \"to\": \"b\"}",
	"{\"command\": \"delete_tags\", \"tags\": [1]}",
};

static enum status read_text(struct json_command *read, const char *text, struct error *error)
{
	return json_command_read(read, text, strlen(text), error);
}

static void what_is_no_command_is_refused_with_a_reason(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++) {
		struct json_command read;
		struct error error = {0};

		if (read_text(&read, refused[i], &error) != STATUS_INVALID)
			fail_msg("%s was not refused", refused[i]);
		assert_string_not_equal(error.text, "");
		json_command_finish(&read);
	}
}

static void additions_are_read_with_every_field(void **state)
{
	static const char text[] =
		"{\"command\": \"add_bookmarks\", \"update\": true, \"bookmarks\": "
		"[{\"url\": \"a.org\", \"title\": \"T\", \"tags\": [\"y\", \"x\"]}, "
		"{\"url\": \"b.org\", \"notes\": \"N\"}]}";
	const struct add_bookmarks *add;
	struct json_command read;

	(void)state;
	assert_int_equal(read_text(&read, text, NULL), STATUS_OK);
	assert_int_equal(read.command.type, ADD_BOOKMARKS);
	add = &read.command.as.add_bookmarks;
	assert_true(add->update && !add->partial);
	assert_int_equal(add->count, 2);
	assert_string_equal(add->drafts[0].title, "T");
	assert_true(add->drafts[0].tags_given && !add->drafts[1].tags_given);
	assert_string_equal(add->drafts[0].tags.tags[0], "x");
	assert_null(add->drafts[1].title);
	assert_string_equal(add->drafts[1].notes, "N");
	json_command_finish(&read);
}

static void edits_say_what_happens_to_tags(void **state)
{
	static const char text[] =
		"{\"command\": \"edit_bookmarks\", \"edits\": [{\"id\": 1, "
		"\"tags\": []}, {\"id\": 2, \"remove_tags\": [\"a\"]}, {\"id\": 3, "
		"\"url\": \"x\"}]}";
	const struct bookmark_edit *edits;
	struct json_command read;

	(void)state;
	assert_int_equal(read_text(&read, text, NULL), STATUS_OK);
	edits = read.command.as.edit_bookmarks.edits;
	assert_int_equal(edits[0].patch.tag_edit, TAGS_SET);
	assert_int_equal(edits[1].patch.tag_edit, TAGS_ADJUST);
	assert_true(tag_set_has(&edits[1].patch.without, "a"));
	assert_int_equal(edits[2].patch.tag_edit, TAGS_KEEP);
	assert_string_equal(edits[2].patch.url, "x");
	json_command_finish(&read);
}

static void assert_echo(const char *text, const char *expected)
{
	struct buffer buffer = {0};
	struct json_writer json = {.out = &buffer};
	struct json_command read;

	read_text(&read, text, NULL);
	json_open_object(&json);
	json_command_echo(&json, &read);
	json_close_object(&json);
	assert_string_equal(buffer_text(&buffer), expected);
	buffer_finish(&buffer);
	json_command_finish(&read);
}

static void a_request_comes_back_also_of_what_was_refused(void **state)
{
	(void)state;
	assert_echo("{\"command\": \"undo\", \"request\": 7}", "{\"request\": 7}");
	assert_echo("{\"command\": \"nothing\", \"request\": \"a\\u001b\"}",
		"{\"request\": \"a\\u001b\"}");
	assert_echo("{\"command\": \"undo\"}", "{}");
	assert_echo("nonsense", "{}");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_no_command_is_refused_with_a_reason),
		cmocka_unit_test(additions_are_read_with_every_field),
		cmocka_unit_test(edits_say_what_happens_to_tags),
		cmocka_unit_test(a_request_comes_back_also_of_what_was_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
