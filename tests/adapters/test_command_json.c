#include "adapters/json/command_json.h"

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
	"{\"command\": \"undo\", \"change\": 0}",
	"{\"command\": \"batch\", \"commands\": []}",
	("{\"command\": \"batch\", \"commands\":"
	 " [{\"command\": \"undo\", \"origin\": \"x\"}]}"),
	"{\"command\": \"edit_bookmarks\", \"edits\": [{\"id\": 1, \"if_modified\": \"x\"}]}",
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

/* What was read lends strings of its object, which are kept until the next one. */
static json_t *object;

static enum status read_text(struct command_json *read, const char *text, struct error *error)
{
	json_decref(object);
	object = json_loads(text, JSON_DECODE_ANY, NULL);
	return command_json_read(read, object, error);
}

static void what_is_no_command_is_refused_with_a_reason(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++) {
		struct command_json read;
		struct error error = {0};

		if (read_text(&read, refused[i], &error) != STATUS_INVALID)
			fail_msg("%s was not refused", refused[i]);
		assert_string_not_equal(error.text, "");
		command_json_finish(&read);
	}
}

static void additions_are_read_with_every_field(void **state)
{
	static const char text[] =
		"{\"command\": \"add_bookmarks\", \"update\": true, \"bookmarks\": "
		"[{\"url\": \"a.org\", \"title\": \"T\", \"tags\": [\"y\", \"x\"]}, "
		"{\"url\": \"b.org\", \"notes\": \"N\"}]}";
	const struct add_bookmarks *add;
	struct command_json read;

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
	command_json_finish(&read);
}

static void edits_say_what_happens_to_tags(void **state)
{
	static const char text[] =
		"{\"command\": \"edit_bookmarks\", \"edits\": [{\"id\": 1, "
		"\"tags\": []}, {\"id\": 2, \"remove_tags\": [\"a\"]}, {\"id\": 3, "
		"\"url\": \"x\"}]}";
	const struct bookmark_edit *edits;
	struct command_json read;

	(void)state;
	assert_int_equal(read_text(&read, text, NULL), STATUS_OK);
	edits = read.command.as.edit_bookmarks.edits;
	assert_int_equal(edits[0].patch.tag_edit, TAGS_SET);
	assert_int_equal(edits[1].patch.tag_edit, TAGS_ADJUST);
	assert_true(tag_set_has(&edits[1].patch.without, "a"));
	assert_int_equal(edits[2].patch.tag_edit, TAGS_KEEP);
	assert_string_equal(edits[2].patch.url, "x");
	command_json_finish(&read);
}

static void origin_and_change_are_for_every_command(void **state)
{
	struct command_json read;

	(void)state;
	assert_int_equal(
		read_text(
			&read, "{\"command\": \"undo\", \"origin\": \"me\", \"change\": 3}", NULL),
		STATUS_OK);
	assert_string_equal(read.command.origin, "bus:me");
	assert_int_equal(read.command.change, 3);
	assert_true(read.command.must_join);
	command_json_finish(&read);
}

/* In and out again is the same, of every form that the help shows. */
static void every_form_is_read_and_written_as_it_is_shown(void **state)
{
	(void)state;
	for (int type = 0; type < COMMAND_TYPES; type++) {
		const char *form = command_json_form((enum command_type)type);
		struct buffer buffer = {0};
		struct json_writer json = {.out = &buffer};
		struct command_json read;
		struct error error = {0};

		if (!form || type == BATCH || type == EDIT_BOOKMARKS)
			continue; /* shown with keys that exclude each other, or without commands */
		if (read_text(&read, form, &error) != STATUS_OK)
			fail_msg("%s: %s", form, error.text);
		command_json_put(&json, &read.command);
		assert_string_equal(buffer_text(&buffer), form);
		buffer_finish(&buffer);
		command_json_finish(&read);
	}
}

static void a_batch_is_read_with_all_its_commands(void **state)
{
	static const char text[] =
		"{\"command\": \"batch\", \"commands\": [{\"command\": \"delete_tags\", "
		"\"tags\": [\"a\"]}, {\"command\": \"delete_bookmarks\", \"ids\": [1]}]}";
	struct command_json read;

	(void)state;
	assert_int_equal(read_text(&read, text, NULL), STATUS_OK);
	assert_int_equal(read.command.as.batch.count, 2);
	assert_int_equal(read.command.as.batch.commands[1].as.delete_bookmarks.ids[0], 1);
	command_json_finish(&read);
}

static int forget_object(void **state)
{
	(void)state;
	json_decref(object);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_no_command_is_refused_with_a_reason),
		cmocka_unit_test(additions_are_read_with_every_field),
		cmocka_unit_test(edits_say_what_happens_to_tags),
		cmocka_unit_test(origin_and_change_are_for_every_command),
		cmocka_unit_test(every_form_is_read_and_written_as_it_is_shown),
		cmocka_unit_test(a_batch_is_read_with_all_its_commands),
	};

	return cmocka_run_group_tests(tests, NULL, forget_object);
}
